"""The report in a real browser: no error in the console, search and filter work, a log's markup is text."""

import os
import shutil
import subprocess
from importlib.resources import files

import pytest

selenium = pytest.importorskip("selenium")
from selenium import webdriver  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed")

LOG = """2026-01-31T10:00:00Z An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist
2026-01-31T10:00:05Z <script>document.title = "taken"</script>
2026-01-31T10:00:06Z An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: <script>document.title = "taken"</script> not found
2026-01-31T10:00:07Z An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired
"""


def report(folder, log):
    """The page about this log."""
    (folder / "night.log").write_text(log)
    output = folder / "report.html"
    subprocess.run([os.environ["AWSEXPLAIN"], "report", str(folder / "night.log"), "-o", str(output)], check=True, timeout=60)
    return output


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    browser.set_script_timeout(120)
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """The report about LOG, open in a browser."""
    browser.get(report(tmp_path_factory.mktemp("report"), LOG).as_uri())
    return browser


def shown(page):
    return [article.get_attribute("id") for article in page.find_elements(By.TAG_NAME, "article") if article.is_displayed()]


def test_the_console_is_empty(page):
    assert page.get_log("browser") == []


def test_markup_of_the_log_is_text(page):
    assert page.title == "AWS errors: 3"
    assert 'document.title = "taken"' in page.find_element(By.CSS_SELECTOR, "tr.hit, table.log").find_element(By.XPATH, "//body").get_attribute("textContent")


def test_search_narrows(page):
    assert len(shown(page)) == 3
    page.find_element(By.TAG_NAME, "body").send_keys("/")
    field = page.switch_to.active_element
    assert field.get_attribute("id") == "search"
    field.send_keys("bucket")
    assert len(shown(page)) == 1
    assert page.find_element(By.ID, "shown").text == "1 shown"
    field.send_keys(Keys.ESCAPE)
    assert len(shown(page)) == 3


def test_the_filter_by_service_narrows(page):
    choice = page.find_element(By.CSS_SELECTOR, '#service option[value="s3"]')
    choice.click()
    assert len(shown(page)) == 1
    page.find_element(By.CSS_SELECTOR, '#service option[value=""]').click()
    assert len(shown(page)) == 3


def test_every_part_is_reached_by_the_keyboard(page):
    seen = set()
    body = page.find_element(By.TAG_NAME, "body")
    for _ in range(60):
        body.send_keys(Keys.TAB) if not seen else page.switch_to.active_element.send_keys(Keys.TAB)
        active = page.switch_to.active_element
        seen.add((active.tag_name, active.get_attribute("id")))
    assert ("input", "search") in seen and ("select", "service") in seen
    assert any(tag == "summary" for tag, _ in seen)


@pytest.fixture
def screen(page):
    """A function: another width, another scheme of colours; as before afterwards."""

    def be(width, scheme):
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    yield be
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_hinders_a_screen_reader_or_weak_eyes(page, screen, scheme):
    axe = (files("axe_core_python") / "axe.min.js").read_text()
    script = """
        const done = arguments[0];
        document.querySelectorAll("details").forEach((details) => { details.open = true; });
        axe.run().then((found) => done(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 150))}`)));
    """
    screen(1000, scheme)
    page.execute_script(axe)
    assert page.execute_async_script(script) == []


def test_a_phone_shows_it_without_scrolling_sideways(page, screen):
    screen(375, "light")
    assert page.execute_script("return document.documentElement.scrollWidth") == 375


@pytest.mark.parametrize("width, drawing", [(360, "narrow"), (1280, "wide")])
def test_the_letters_of_the_timeline_can_be_read(page, screen, width, drawing):
    screen(width, "light")
    shown = page.find_elements(By.CSS_SELECTOR, ".timeline svg")
    shown = [svg for svg in shown if svg.is_displayed()]
    assert [svg.find_element(By.XPATH, "..").get_attribute("class") for svg in shown] == [drawing]
    heights = "return [...arguments[0].querySelectorAll('text')].map((text) => text.getBoundingClientRect().height)"
    assert min(page.execute_script(heights, shown[0])) >= 11  # pixels
    inside = """
        const frame = arguments[0].getBoundingClientRect();
        return [...arguments[0].querySelectorAll("text")].every((text) => {
            const it = text.getBoundingClientRect();
            return it.left >= frame.left && it.right <= frame.right;
        })"""
    assert page.execute_script(inside, shown[0])


def test_on_paper_each_error_is_open_with_its_first_place(page):
    closed = "return document.querySelectorAll('details:not([open], .place)').length"
    page.execute_script("document.querySelectorAll('details:not(.place)').forEach((details) => { details.open = false; })")
    before = page.execute_script(closed)
    page.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert page.execute_script(closed) == 0 < before
    firsts = "return [...document.querySelectorAll('article')].every((article) => article.querySelector('.place').open)"
    assert page.execute_script(firsts)
    page.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert page.execute_script(closed) == before


def test_a_thousand_errors_open_quickly(browser, tmp_path):
    letters = [chr(ord("A") + number) for number in range(10)]
    codes = [f"Custom{a}{b}{c}Exception" for a in letters for b in letters for c in letters]
    log = "".join(f"An error occurred ({code}) when calling the GetObject operation: no\n" for code in codes)
    browser.get(report(tmp_path, log).as_uri())
    assert browser.find_element(By.ID, "shown").text == "1000 shown"
    ready = "const [it] = performance.getEntriesByType('navigation'); return it.loadEventEnd - it.startTime"
    assert browser.execute_script(ready) < 5000  # milliseconds
    search = "const begun = performance.now(); arguments[0].dispatchEvent(new Event('input')); return performance.now() - begun"
    field = browser.find_element(By.ID, "search")
    browser.execute_script("arguments[0].value = 'customabcexception'", field)
    assert browser.execute_script(search, field) < 500
    visible = "return [...document.querySelectorAll('article')].filter((article) => article.checkVisibility()).length"
    assert browser.execute_script(visible) == 1
