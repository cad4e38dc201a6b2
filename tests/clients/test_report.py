"""The report in a real browser: no error in the console, search and filter work, a log's markup is text."""

import os
import shutil
import subprocess

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


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The report about LOG, open in a browser."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "night.log").write_text(LOG)
    output = folder / "report.html"
    subprocess.run([os.environ["AWSEXPLAIN"], "report", str(folder / "night.log"), "-o", str(output)], check=True, timeout=60)
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    browser.get(output.as_uri())
    yield browser
    browser.quit()


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
