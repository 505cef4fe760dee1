"""release/template.yaml: that it is sound, that nobody may do more than they must, and what the CDN says and keeps."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from samtranslator.translator.transform import transform

from functions.adapters.dynamodb import schema
from functions.log import FIELDS, Event
from functions.shop.site import OF_FUNCTIONS
from functions.web.headers import SEARCH_WORKER, headers_for
from functions.web.stock import SECONDS, STALE_SECONDS
from release.deploy import code_parameters, shop_template
from release.template import ROOT, TEMPLATE, load_template, template_json, with_versions
from tests.release.rendering import BRIDGED, LIVE, SANDBOX, Stack, as_list, statements

LIVE_STACK, SANDBOX_STACK, BRIDGED_STACK = Stack(LIVE), Stack(SANDBOX), Stack(BRIDGED)
FUNCTIONS = "Cart Checkout Order Invoice Stripe Bridge MailEvents Reconcile".split()
PAYMENTS = "https://checkout.stripe.com"
TEXT = TEMPLATE.read_text(encoding="utf-8")
RESTORED = "pouch-live-restored-1"
CODES = dict.fromkeys(code_parameters(), "0" * 64)
# CloudFormation's linter takes the empty default of Certificate for an ARN; without a Domain it is not used.
NOT_SO = "W1030"


@pytest.mark.slow
def test_cfn_lint_finds_nothing(tmp_path: Path) -> None:
    """In what is handed over: SAM's transform included, which the linter does as CloudFormation would."""
    (tmp_path / "template.json").write_text(template_json())
    typed = [str(Path(sys.executable).parent / "cfn-lint"), "-i", NOT_SO, "--", str(tmp_path / "template.json")]
    answer = subprocess.run(typed, capture_output=True, text=True, timeout=60, check=False)
    assert (answer.returncode, answer.stdout) == (0, "")


def test_every_text_of_the_edge_is_in_the_template() -> None:
    """None is left out, and none is named and not put in."""
    whole = json.loads(template_json())
    for path in (ROOT / "edge").glob("*.js"):
        assert json.dumps(path.read_text(encoding="utf-8"))[1:-1] in json.dumps(whole)
    assert not re.search(r'"edge/', json.dumps(whole))


# What is kept.


def test_the_table_is_as_the_store_expects() -> None:
    expected = schema.table("named by AWS")
    del expected["TableName"]
    assert LIVE_STACK.properties("Table") == expected


@pytest.mark.parametrize("name", ["Table", "PagesBucket", "ReleaseBucket"])
def test_what_cannot_be_made_anew_outlives_the_stack(name: str) -> None:
    resource = LIVE_STACK.resources[name]
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")


@pytest.mark.parametrize("name", ["PagesBucket", "ReleaseBucket"])
def test_a_bucket_is_closed_encrypted_and_keeps_old_versions(name: str) -> None:
    bucket = LIVE_STACK.properties(name)
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    [encryption] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert encryption["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    old, unfinished = bucket["LifecycleConfiguration"]["Rules"]
    assert old["NoncurrentVersionExpiration"] == {"NoncurrentDays": 35}
    assert unfinished["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


def test_pages_are_for_this_cdn_only() -> None:
    [allowed] = [
        one for name, one in statements(LIVE_STACK) if name == "PagesBucketPolicy" and one["Effect"] == "Allow"
    ]
    assert (allowed["Principal"], allowed["Action"]) == ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/<Distribution>"}
    }
    access = LIVE_STACK.properties("PagesAccess")["OriginAccessControlConfig"]
    assert (access["SigningBehavior"], access["OriginAccessControlOriginType"]) == ("always", "s3")
    pages, _ = distribution()["Origins"]
    assert (pages["OriginPath"], distribution(SANDBOX_STACK)["Origins"][0]["OriginPath"]) == ("/main", "")
    assert pages["OriginAccessControlId"] == "<PagesAccess.Id>"


@pytest.mark.parametrize("name", ["PagesBucket", "ReleaseBucket"])
def test_nobody_reaches_a_bucket_without_tls(name: str) -> None:
    [refused] = [one for at, one in statements(LIVE_STACK) if at == f"{name}Policy" and one["Effect"] == "Deny"]
    assert (refused["Principal"], refused["Action"]) == ("*", "s3:*")
    assert refused["Resource"] == [f"<{name}.Arn>", f"<{name}.Arn>/*"]
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_nobody_but_the_cdn_is_let_into_a_bucket_by_its_policy() -> None:
    """The release bucket's policy only refuses; functions have their roles."""
    assert [one["Effect"] for name, one in statements(LIVE_STACK) if name == "ReleaseBucketPolicy"] == ["Deny"]


# Who may do what.


def test_no_star_without_its_reason_beside_it() -> None:
    """In the file itself, for a reason that is elsewhere is read by nobody."""
    resources = TEXT[TEXT.index("\nResources:") : TEXT.index("\nOutputs:")]
    lines = [line for line in resources.splitlines() if "PathPattern" not in line and "headers" not in line]
    for before, line in zip(["", *lines], lines, strict=False):
        code = re.sub(r"(^|\s)#.*", "", line)
        aliases = re.sub(r"(?<![\w/\"'])\*[a-z_]+", "", code)  # a YAML alias is no star
        if "*" in aliases:
            assert "# Why *: " in line or before.strip().startswith("# Why *: "), line


@pytest.mark.parametrize("stack", [LIVE_STACK, BRIDGED_STACK, SANDBOX_STACK], ids=["live", "bridged", "sandbox"])
def test_no_action_is_a_whole_service(stack: Stack) -> None:
    allowed = [one for _, one in statements(stack) if one["Effect"] == "Allow"]
    assert [action for one in allowed for action in as_list(one["Action"]) if "*" in action] == []
    assert [one for one in allowed if "*" in as_list(one.get("Resource", ""))] == []
    assert [one for one in allowed if as_list(one.get("Principal")) == ["*"]] == []


def allowed(function: str, stack: Stack = BRIDGED_STACK) -> dict[str, Any]:
    """What the role of a function allows: resources by action."""
    found: dict[str, Any] = {}
    for name, one in statements(stack):
        if name == f"{function}Role" and "Resource" in one:
            found |= {action: [*found.get(action, ()), *as_list(one["Resource"])] for action in as_list(one["Action"])}
    return found


SECRETS = "arn:aws:ssm:eu-central-1:123456789012:parameter/pouch/live/"
READS = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
WRITES = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
QUEUE = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
RELEASE, SECRET, MAIL = {"s3:GetObject"}, {"ssm:GetParameter"}, {"ses:SendEmail", "ses:SendRawEmail"}


@pytest.mark.parametrize(
    ("function", "actions"),
    [
        ("Cart", LOGS | RELEASE | SECRET | READS | WRITES),
        ("Checkout", LOGS | RELEASE | SECRET | READS | WRITES),
        ("Order", LOGS | RELEASE | SECRET | READS | WRITES | {"lambda:InvokeFunction"}),
        ("Invoice", LOGS | RELEASE | SECRET | {"dynamodb:GetItem", "dynamodb:BatchGetItem"}),
        ("Stripe", LOGS | RELEASE | SECRET | READS | WRITES | {"lambda:InvokeFunction"}),
        ("Bridge", LOGS | RELEASE | SECRET | READS | WRITES | {"lambda:InvokeFunction"} | QUEUE),
        ("MailEvents", LOGS | SECRET | READS | WRITES | QUEUE),
        ("Reconcile", LOGS | RELEASE | SECRET | READS | WRITES | MAIL | {"sqs:SendMessage"}),
    ],
)
def test_a_function_may_do_what_it_does(function: str, actions: set[str]) -> None:
    assert set(allowed(function)) == actions
    tables = {one for action in (READS | WRITES) & actions for one in allowed(function)[action]}
    assert tables <= {"<Table.Arn>", "<Table.Arn>/index/lists"}
    assert ("<Table.Arn>/index/lists" in tables) == (function == "Reconcile")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_of_a_restored_table_a_function_may_do_the_same(function: str) -> None:
    """And nothing of the shop's own any more."""
    own = "<Table.Arn>"
    restored = f"arn:aws:dynamodb:eu-central-1:123456789012:table/{RESTORED}"
    before, after = allowed(function), allowed(function, Stack(BRIDGED | {"RestoredTable": RESTORED}))
    assert own not in str(after)
    assert after == {action: [one.replace(own, restored) for one in found] for action, found in before.items()}


@pytest.mark.parametrize(("restored", "used"), [("", "<Table>"), ("pouch-live-restored-1", "pouch-live-restored-1")])
def test_the_shop_uses_a_restored_table_and_says_so(restored: str, used: str) -> None:
    """Its own stays in the stack, so nothing is made anew."""
    stack, whole = Stack(LIVE | {"RestoredTable": restored}), load_template()
    assert stack.resolved(whole["Globals"]["Function"]["Environment"]["Variables"]["SHOP_TABLE"]) == used
    assert stack.resolved(whole["Outputs"]["Table"]["Value"]) == used
    assert "Table" in stack.resources


@pytest.mark.parametrize(
    ("function", "secrets"),
    [
        ("Cart", {"SHOP_SECRET_KEYS"}),
        ("Invoice", {"SHOP_SECRET_KEYS"}),
        ("Checkout", {"SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY"}),
        ("Order", {"SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY"}),
        ("MailEvents", {"SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY"}),
        ("Reconcile", {"SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY"}),
        ("Stripe", {"SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS"}),
        ("Bridge", {"SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS"}),
    ],
)
def test_a_function_reads_its_own_secrets(function: str, secrets: set[str]) -> None:
    assert set(allowed(function)["ssm:GetParameter"]) == {f"{SECRETS}{name}" for name in secrets}


@pytest.mark.parametrize("function", sorted({*FUNCTIONS} - {"MailEvents"}))
def test_a_function_reads_the_live_release_and_only_orders_reach_sold_files(function: str) -> None:
    keys = {one.removeprefix("<ReleaseBucket.Arn>/") for one in allowed(function)["s3:GetObject"]}
    sold = {"main/files/*"} if function == "Order" else set()
    assert keys == {"main/release.json", "main/catalogue/*"} | sold


def test_a_sandbox_reads_the_release_of_every_branch() -> None:
    keys = {one.removeprefix("<ReleaseBucket.Arn>/") for one in allowed("Cart", SANDBOX_STACK)["s3:GetObject"]}
    assert keys == {"*/release.json", "*/catalogue/*"}


def test_the_cart_writes_no_order_no_balance_and_no_stock() -> None:
    [write] = [one for name, one in statements(LIVE_STACK) if name == "CartRole" and one.get("Sid") == "Write"]
    assert write["Condition"] == {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["tries#*", "waiting#*", "waiter#*", "silenced#*"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }


@pytest.mark.parametrize("values", [LIVE, LIVE | {"Domain": ""}])
def test_a_sender_is_made_known_once_and_stays_when_the_stack_goes(values: dict[str, str]) -> None:
    """Else a live shop and its sandbox could not have the same, nor a shop one that its owner has from elsewhere."""
    kind = "AWS::SES::EmailIdentity"
    made = [one for one in Stack(values).resources.values() if one["Type"] == kind]
    assert [(one["DeletionPolicy"], one["UpdateReplacePolicy"]) for one in made] == [("RetainExceptOnCreate", "Retain")]
    assert Stack(values | {"MakesIdentity": "no"}).of_type(kind) == {}


def test_mails_come_from_the_shops_own_identity() -> None:
    sends = allowed("Reconcile")["ses:SendRawEmail"]
    names = {one.removeprefix("arn:aws:ses:eu-central-1:123456789012:") for one in sends}
    sets = {"configuration-set/<OrderMails>", "configuration-set/<MarketingMails>"}
    assert names == {"identity/shop.example", "identity/owner@shop.example"} | sets


@pytest.mark.parametrize("function", ["Order", "Stripe", "Bridge"])
def test_orders_and_news_of_payments_leave_mails_to_what_is_due(function: str) -> None:
    due = BRIDGED_STACK.properties(f"{function}Function")["Environment"]["Variables"]["MAIL_FUNCTION"]
    assert due == "<ReconcileFunction.Alias>"
    assert allowed(function)["lambda:InvokeFunction"] == [due]


def test_no_role_is_anybodys() -> None:
    """Each can be taken by one service."""
    trusts = {name: one["Principal"] for name, one in statements(BRIDGED_STACK) if one["Action"] == "sts:AssumeRole"}
    expected = {f"{name}Role": {"Service": "lambda.amazonaws.com"} for name in FUNCTIONS}
    assert trusts == expected | {"SchedulerRole": {"Service": "scheduler.amazonaws.com"}}


# Functions.


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_its_own_package_with_its_own_role(name: str) -> None:
    function = BRIDGED_STACK.properties(f"{name}Function")
    group = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    assert function["Handler"] == f"functions.lambda_{group}.handler"
    assert function["Role"] == f"<{name}Role.Arn>"
    assert function["CodeUri"] == {"Bucket": "pouch-code", "Key": f"code/<{name}Code>.zip"}
    assert function["AutoPublishCodeSha256"] == f"<{name}Code>"


@pytest.fixture
def _somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """SAM asks in which region it is."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")


def versions(handed: str, **values: str) -> dict[str, str]:
    """The id of each function's version, which makes SAM publish it when it is another, once the transform is done."""
    given = CODES | {"StripeEventSource": BRIDGED["StripeEventSource"]} | values
    made = transform(json.loads(handed), given, None)["Resources"]
    published = (name for name, one in made.items() if one["Type"] == "AWS::Lambda::Version")
    return dict(name.split("FunctionVersion") for name in published)


def configured(**values: str) -> dict[str, Any]:
    """What each function of such a shop is, once the transform is done; but for its tags: versions have none."""
    given = CODES | {"StripeEventSource": BRIDGED["StripeEventSource"]} | values
    made = transform(json.loads(shop_template(CODES | values, {})), given, None)["Resources"]
    functions = ((name, one["Properties"]) for name, one in made.items() if one["Type"] == "AWS::Lambda::Function")
    return {name: {**properties, "Tags": None} for name, properties in functions}


def deployed(**values: str) -> dict[str, str]:
    """The same for a shop with these parameters."""
    return versions(shop_template(CODES | values, {}), **values)


@pytest.mark.usefixtures("_somewhere")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Domain", "other.example"),
        ("MailFrom", "Tern & Gale <hello@shop.example>"),
        ("FastStart", "yes"),
        ("RestoredTable", RESTORED),
        ("Restarted", "2026-11-29T08:00:00Z"),
    ],
)
def test_another_value_of_a_parameter_reaches_what_shoppers_ask(name: str, value: str) -> None:
    """The alias follows versions, and each function gets a new one; the same values give the same."""
    before, after = deployed(), deployed(**{name: value})
    assert set(before) == set(after) == {*FUNCTIONS}
    assert [one for one in FUNCTIONS if before[one] == after[one]] == []
    assert after == deployed(**{name: value})


@pytest.mark.usefixtures("_somewhere")
@pytest.mark.parametrize(("name", "value"), [("Restarted", "2026-11-29T08:00:00Z"), ("LogDays", "90")])
def test_a_function_with_a_new_version_is_another_than_before(name: str, value: str) -> None:
    """Though it reads nothing of the parameter: of what did not change, tags aside, Lambda makes no new version."""
    before, after = configured(), configured(**{name: value})
    assert set(before) == {f"{one}Function" for one in FUNCTIONS}
    assert [one for one in before if before[one] == after[one]] == []


@pytest.mark.usefixtures("_somewhere")
def test_what_the_stack_has_already_counts_as_if_it_was_said() -> None:
    """Else every deployment that says less than the first would publish all functions again."""
    domain = {"Domain": "shop.example", "OriginSecret": "****"}
    assert versions(shop_template(CODES, domain), **domain) == deployed(Domain="shop.example", OriginSecret="s" * 43)


@pytest.mark.usefixtures("_somewhere")
def test_another_package_gives_one_function_another_version() -> None:
    before, after = deployed(), deployed(CartCode="1" * 64)
    assert [one for one in FUNCTIONS if before[one] != after[one]] == ["Cart"]


@pytest.mark.usefixtures("_somewhere")
def test_a_new_setting_in_the_template_gives_new_versions() -> None:
    template = load_template()
    before = json.dumps(with_versions(template, CODES, {}))
    template["Globals"]["Function"]["Environment"]["Variables"]["SHOP_NEW"] = "yes"
    old, new = versions(before), versions(json.dumps(with_versions(template, CODES, {})))
    assert [one for one in FUNCTIONS if old[one] == new[one]] == []


def test_the_hash_that_sam_gets_is_a_sha_256() -> None:
    found = re.findall(r'"AutoPublishCodeSha256":"([0-9a-f]{64})"', shop_template(CODES, {}))
    assert len(set(found)) == len(FUNCTIONS)


def test_nothing_is_reserved_of_a_new_accounts_ten() -> None:
    assert "ReservedConcurrentExecutions" not in json.dumps(LIVE_STACK.resources)


def test_without_stripes_source_there_is_no_bridge() -> None:
    assert [name for name in LIVE_STACK.resources if "Bridge" in name or name in {"StripeQueue", "StripeBus"}] == []


def test_names_that_the_docs_type_are_these() -> None:
    """`aws cloudformation describe-stack-resource --logical-resource-id …` in docs and pipelines."""
    assert {"Table", "PagesBucket", "ReleaseBucket", "Distribution"} <= set(LIVE_STACK.resources)


# The CDN.


def distribution(stack: Stack = LIVE_STACK) -> dict[str, Any]:
    found: dict[str, Any] = stack.properties("Distribution")["DistributionConfig"]
    return found


def behaviour(path: str, stack: Stack = LIVE_STACK) -> dict[str, Any]:
    """What CloudFront does with a path: the first pattern that fits it, else the default."""
    config = distribution(stack)
    fitting = (one for one in config["CacheBehaviors"] if re.fullmatch(one["PathPattern"].replace("*", ".*"), path))
    found: dict[str, Any] = next(fitting, config["DefaultCacheBehavior"])
    return found


def said_by_cdn(path: str, stack: Stack = LIVE_STACK) -> dict[str, str]:
    """The headers that CloudFront gives to what has none of its own at this path."""
    name = behaviour(path, stack)["ResponseHeadersPolicyId"].strip("<>")
    policy = stack.properties(name)["ResponseHeadersPolicyConfig"]
    security = policy["SecurityHeadersConfig"]
    return {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "Strict-Transport-Security": f"max-age={security['StrictTransportSecurity']['AccessControlMaxAgeSec']}",
        "X-Content-Type-Options": {"Override": "nosniff"}["".join(security["ContentTypeOptions"])],
    } | {one["Header"]: one["Value"] for one in policy["CustomHeadersConfig"]["Items"]}


PATHS = ["/", "/about/", "/products/storm-petrel/", "/404.html", "/shop.css", "/nothing/", "/search/", "/search.js"]
PATHS += [
    SEARCH_WORKER,
    "/search/pagefind/pagefind.js",
    "/search/pagefind/worker.js/",
    *(f"/{one}" for one in sorted(OF_FUNCTIONS)),
]


@pytest.mark.parametrize("path", PATHS)
def test_the_cdn_says_what_we_say(path: str) -> None:
    """Header by header, as functions/web/headers.py has it for this path."""
    assert said_by_cdn(path) == headers_for(path, PAYMENTS, https=True)


def test_a_function_has_the_last_word_on_its_headers() -> None:
    """The redirect that takes a token out of an address says `no-referrer`; nothing may turn that back."""
    for policy in LIVE_STACK.of_type("AWS::CloudFront::ResponseHeadersPolicy").values():
        config = policy["ResponseHeadersPolicyConfig"]
        parts = [*config["SecurityHeadersConfig"].values(), *config["CustomHeadersConfig"]["Items"]]
        assert {part["Override"] for part in parts} == {False}


def test_a_sandbox_is_found_by_no_search_engine() -> None:
    assert said_by_cdn("/about/", SANDBOX_STACK) == headers_for("/about/", PAYMENTS, https=True) | {
        "X-Robots-Tag": "noindex"
    }


ROUTES = [
    "/cart", "/checkout", "/download/abc", "/notify", "/order-link", "/order/7K3M-9QXD-4FTR",
    "/order/7K3M-9QXD-4FTR/invoice.pdf", "/stock", "/stripe/events", "/unsubscribe/abc",
    "/wishlist", "/withdraw", "/withdraw/confirm",
]  # fmt: skip


@pytest.mark.parametrize("path", ROUTES)
def test_a_functions_address_is_asked_of_the_api(path: str) -> None:
    assert behaviour(path)["TargetOriginId"] == "functions"


@pytest.mark.parametrize(
    "path", ["/", "/cartography/", "/stockings/", "/orders/", "/order-linked", "/about/cart", "/404.html"]
)
def test_any_other_address_is_a_file(path: str) -> None:
    assert behaviour(path)["TargetOriginId"] == "pages"


def test_the_cdn_and_the_api_agree_on_what_functions_answer() -> None:
    """Both are `/x` and all below it, for each first segment that functions answer."""
    patterns = {one["PathPattern"] for one in distribution()["CacheBehaviors"]} - {SEARCH_WORKER}
    routes = {one["RouteKey"] for one in LIVE_STACK.of_type("AWS::ApiGatewayV2::Route").values()}
    assert patterns == {f"/{one}{rest}" for one in OF_FUNCTIONS for rest in ("", "/*")}
    assert routes - {"ANY /order/{order}/invoice.pdf"} == {
        f"ANY /{one}{rest}" for one in OF_FUNCTIONS for rest in ("", "/{proxy+}")
    }


MOUNTED = {
    "Cart": ("cart", "wishlist", "stock", "notify", "unsubscribe"),
    "Checkout": ("checkout",),
    "Order": ("order", "order-link", "withdraw", "download"),
    "Stripe": ("stripe",),
}


def test_every_route_leads_to_the_function_that_answers_it() -> None:
    targets = {
        one["RouteKey"]: one["Target"].removeprefix("integrations/<").removesuffix("Integration>")
        for one in LIVE_STACK.of_type("AWS::ApiGatewayV2::Route").values()
    }
    assert targets.pop("ANY /order/{order}/invoice.pdf") == "Invoice"
    assert targets == {
        f"ANY /{part}{rest}": function
        for function, parts in MOUNTED.items()
        for part in parts
        for rest in ("", "/{proxy+}")
    }


def test_a_persons_pages_are_never_kept() -> None:
    """R27: by AWS's own policy that keeps nothing, and no answer that failed is kept for the next one."""
    disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    for path in sorted({*ROUTES} - {"/stock"}):
        assert behaviour(path)["CachePolicyId"] == disabled
    kept = {one["ErrorCode"]: one["ErrorCachingMinTTL"] for one in distribution()["CustomErrorResponses"]}
    assert {code for code, seconds in kept.items() if seconds} == {403}


def test_stock_is_kept_for_five_seconds() -> None:
    assert behaviour("/stock")["CachePolicyId"] == "<StockCache>"
    policy = LIVE_STACK.properties("StockCache")["CachePolicyConfig"]
    assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, SECONDS, SECONDS + STALE_SECONDS)
    key = policy["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "whitelist", "QueryStrings": ["sku"]}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}


def test_pages_are_kept_by_address_alone() -> None:
    key = LIVE_STACK.properties("PagesCache")["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key == {
        "EnableAcceptEncodingBrotli": True,
        "EnableAcceptEncodingGzip": True,
        "CookiesConfig": {"CookieBehavior": "none"},
        "HeadersConfig": {"HeaderBehavior": "none"},
        "QueryStringsConfig": {"QueryStringBehavior": "none"},
    }


def test_a_preview_is_never_older_than_a_minute() -> None:
    """Purging does not know its files by their site; a live shop's are kept until they are purged."""
    kept = {
        stack: stack.properties("PagesCache")["CachePolicyConfig"]["MaxTTL"] for stack in (LIVE_STACK, SANDBOX_STACK)
    }
    assert (kept[LIVE_STACK], kept[SANDBOX_STACK]) == (31_536_000, 60)


HEADER = re.compile(r"""(?:request\.headers\.get\(|request\.headers\[)["']([A-Za-z-]+)["']""")


def test_functions_get_the_headers_that_they_read_and_not_the_host() -> None:
    """The API knows itself by its own Host."""
    headers = LIVE_STACK.properties("FunctionsRequest")["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"]
    sources = (ROOT.parent / "functions" / "web").glob("*.py")
    read = {name for path in sources for name in HEADER.findall(path.read_text(encoding="utf-8"))}
    assert {"Origin", "Sec-Fetch-Site", "Stripe-Signature"} <= read
    assert read - {"Cookie"} | {"CloudFront-Viewer-Address", "Content-Type", "X-Pouch-Fragment"} <= set(headers)
    assert "Host" not in headers
    assert len(headers) <= 10  # CloudFront takes no more


def test_what_s3_has_not_is_the_shops_own_page() -> None:
    """S3 says 403 for what is not there, as long as nobody may list. Functions never say that: the API changes it."""
    replaced = [one for one in distribution()["CustomErrorResponses"] if "ResponsePagePath" in one]
    assert replaced == [
        {"ErrorCode": 403, "ResponseCode": 404, "ResponsePagePath": "/404.html", "ErrorCachingMinTTL": 10}
    ]
    assert not any("s3:ListBucket" in as_list(one["Action"]) for _, one in statements(LIVE_STACK))
    for integration in LIVE_STACK.of_type("AWS::ApiGatewayV2::Integration").values():
        assert integration["ResponseParameters"] == {
            "403": {"ResponseParameters": [{"Source": "400", "Destination": "overwrite:statuscode"}]}
        }


def test_a_shop_with_a_domain_speaks_modern_tls_at_its_names() -> None:
    config = distribution()
    assert config["Aliases"] == ["shop.example", "www.shop.example"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert (config["HttpVersion"], config["IPV6Enabled"]) == ("http2and3", True)
    for one in [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]:
        assert one["ViewerProtocolPolicy"] == "redirect-to-https"


@pytest.mark.parametrize("path", ["/", "/about/", "/shop.css", SEARCH_WORKER, "/stock"])
def test_what_is_the_same_for_everybody_is_compressed(path: str) -> None:
    """Which CloudFront does only where its policy may keep something."""
    policy = LIVE_STACK.properties(behaviour(path)["CachePolicyId"].strip("<>"))["CachePolicyConfig"]
    assert behaviour(path)["Compress"]
    assert policy["ParametersInCacheKeyAndForwardedToOrigin"]["EnableAcceptEncodingBrotli"]
    assert policy["MaxTTL"] > 0


def test_what_is_one_persons_is_not_compressed() -> None:
    """The length of a compressed page tells of a secret in it to whoever may choose another part of it (BREACH)."""
    assert [path for path in ROUTES if path != "/stock" and behaviour(path)["Compress"]] == []


def test_a_shop_without_a_domain_has_the_address_that_aws_gives() -> None:
    config = distribution(SANDBOX_STACK)
    assert "Aliases" not in config
    assert config["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}
    assert TEXT.count("https://${Distribution.DomainName}") == 2


def test_the_api_knows_the_cdn_by_a_secret() -> None:
    _, functions = distribution()["Origins"]
    assert functions["OriginCustomHeaders"] == [{"HeaderName": "X-Origin-Secret", "HeaderValue": "s" * 43}]
    variables = Stack(LIVE).resolved(json.loads(template_json())["Globals"]["Function"]["Environment"]["Variables"])
    assert variables["SHOP_ORIGIN_SECRET"] == "s" * 43


def test_a_silent_name_server_holds_nobody_up_for_more_than_two_seconds() -> None:
    """The system looks up names, outside of our deadline (R35); it waits for ten seconds unless it is told."""
    variables = json.loads(template_json())["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["RES_OPTIONS"] == "timeout:1 attempts:2"


# What comes by itself, and whom it wakes.


def test_the_reconciler_runs_every_15_minutes_and_failures_are_kept() -> None:
    schedule = LIVE_STACK.properties("Every15Minutes")
    assert schedule["ScheduleExpression"] == "rate(15 minutes)"
    assert schedule["Target"]["DeadLetterConfig"] == {"Arn": "<DeadLetters.Arn>"}
    failed = LIVE_STACK.properties("ReconcileFunction")["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
    assert failed == {"Type": "SQS", "Destination": "<DeadLetters.Arn>"}


@pytest.mark.parametrize("queue", ["MailEventsQueue", "StripeQueue"])
def test_news_that_cannot_be_dealt_with_is_kept(queue: str) -> None:
    properties = BRIDGED_STACK.properties(queue)
    assert properties["RedrivePolicy"] == {"deadLetterTargetArn": "<DeadLetters.Arn>", "maxReceiveCount": 5}
    function = BRIDGED_STACK.properties({"StripeQueue": "Bridge"}.get(queue, "MailEvents") + "Function")
    assert properties["VisibilityTimeout"] == 6 * function["Timeout"]
    assert function["Events"]["News"]["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_news_of_mails_comes_from_both_configuration_sets() -> None:
    pattern = LIVE_STACK.properties("MailEventsRule")["EventPattern"]
    sets = {"ses:configuration-set": ["<OrderMails>", "<MarketingMails>"]}
    assert pattern == {"source": ["aws.ses"], "detail": {"mail": {"tags": sets}}}
    for name in ("OrderMailsEvents", "MarketingMailsEvents"):
        destination = LIVE_STACK.properties(name)["EventDestination"]
        assert (destination["Enabled"], destination["MatchingEventTypes"]) == (
            True,
            ["bounce", "complaint", "delivery"],
        )


def test_metrics_count_events_that_the_log_knows() -> None:
    """An event that is worded anew would silence its alarm."""
    filters = LIVE_STACK.of_type("AWS::Logs::MetricFilter")
    named = {text for one in filters.values() for text in re.findall(r'event = "([^"]+)"', one["FilterPattern"])}
    counted = {Event.RECONCILED, Event.ANSWERED, Event.MAIL_WAITS, Event.MAIL_UNWRITTEN}
    assert named == counted | {Event.AUDITED, Event.AUDIT_UNFINISHED}
    assert f'?"{Event.FAILED.value}"' in filters["FailureMetric"]["FilterPattern"]
    assert '$.route = "/stripe/events"' in filters["SignatureMetric"]["FilterPattern"]
    used = {name for one in filters.values() for name in re.findall(r"\$\.([a-z]+)", str(one))} - {"event"}
    assert used == {"route", "status", "rebuilt", "held", "failures", "count"}
    assert used <= set(FIELDS)
    assert {one["LogGroupName"] for one in filters.values()} == {"<Log>"}


WATCHED = {
    "NoRunAlarm", "RepairAlarm", "HeldAlarm", "OverdueMailAlarm", "NotDoneAlarm", "SignatureAlarm", "FailureAlarm",
    "RefusedRequestAlarm", "ThrottleAlarm", "DeadLetterAlarm", "MailEventsAgeAlarm", "BounceAlarm", "ComplaintAlarm",
    "DifferenceAlarm",
}  # fmt: skip


def test_a_live_shop_wakes_its_owner() -> None:
    alarms = LIVE_STACK.of_type("AWS::CloudWatch::Alarm")
    assert set(alarms) == WATCHED
    assert set(BRIDGED_STACK.of_type("AWS::CloudWatch::Alarm")) == WATCHED | {"StripeAgeAlarm"}
    assert [one for one in alarms.values() if one["AlarmActions"] != ["<Topic>"] or not one["AlarmDescription"]] == []
    missing = {name: one["TreatMissingData"] for name, one in alarms.items()}
    assert {name for name, treated in missing.items() if treated == "breaching"} == {"NoRunAlarm"}
    assert LIVE_STACK.properties("TopicToOwner")["Endpoint"] == "owner@shop.example"


def test_every_alarm_has_a_metric_that_somebody_writes() -> None:
    filters = LIVE_STACK.of_type("AWS::Logs::MetricFilter").values()
    ours = {one["MetricTransformations"][0]["MetricName"] for one in filters}
    alarms = LIVE_STACK.of_type("AWS::CloudWatch::Alarm").values()
    assert {one["MetricName"] for one in alarms if one["Namespace"] == "pouch-live"} == ours


def test_a_sandbox_wakes_nobody_and_has_no_budget_of_its_own() -> None:
    kinds = {one["Type"] for one in SANDBOX_STACK.resources.values()}
    assert kinds & {"AWS::CloudWatch::Alarm", "AWS::Logs::MetricFilter", "AWS::Budgets::Budget"} == set()


def test_the_budget_warns_before_it_is_spent() -> None:
    budget = LIVE_STACK.properties("Budget")
    assert budget["Budget"]["BudgetLimit"] == {"Amount": "20", "Unit": "USD"}
    told = [one["Notification"] for one in budget["NotificationsWithSubscribers"]]
    assert [(one["NotificationType"], one["Threshold"]) for one in told] == [("ACTUAL", 80), ("FORECASTED", 100)]
    assert "Budget" not in Stack(LIVE | {"MonthlyBudget": "0"}).resources


def test_settings_of_functions_are_settings_that_they_read() -> None:
    """Each is in docs/settings.md, so a word that the functions do not know is not set."""
    documented = (ROOT.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    settings = json.loads(template_json())["Globals"]["Function"]["Environment"]["Variables"]
    assert [name for name in settings if f"| `{name}` |" not in documented] == []
