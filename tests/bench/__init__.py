"""`make bench`: what the shop costs in time, memory and bytes; comparisons are ratios within one run."""
