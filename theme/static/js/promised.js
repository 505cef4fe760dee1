/** What the promises of all products depend on. The build puts the shop's own in its place (plugins/promise_data.py). */
export const shop = null;
