//! `JUnit` XML, as CI systems list tests: a suite for each input, a failed test for each error in it.
//!
//! An input without errors has one test that passed, since some readers refuse a report without tests. The counts stand
//! before the tests, so the report is kept until the end; beyond [`CASES`] errors are only counted.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::render::{Form, Told, digest::Digest, harmless};

/// How many tests a report has at most.
const CASES: usize = 10_000;

/// The report so far.
#[derive(Default)]
pub(super) struct Junit {
    suites: Vec<TestSuite>,
    cases: usize,
    left_out: u64,
}

impl Form for Junit {
    fn passes(&self) -> bool {
        false
    }

    fn lists_all(&self) -> bool {
        false
    }

    fn enter(&mut self, file: Option<&str>) -> Vec<u8> {
        self.suites
            .push(TestSuite::new(harmless(file.unwrap_or("standard input"))));
        Vec::new()
    }

    fn tell(&mut self, told: &Told) -> Vec<u8> {
        if self.cases == CASES {
            self.left_out += 1;
            return Vec::new();
        }
        self.cases += 1;
        let digest = Digest::of(told);
        let mut failed = TestCaseStatus::non_success(NonSuccessKind::Failure);
        failed.set_type(harmless(
            told.error.bare_code().unwrap_or(&told.explanation.entry),
        ));
        failed.set_message(digest.title.clone());
        let mut text = vec![digest.line.clone()];
        text.extend(digest.paragraphs());
        failed.set_description(text.join("\n  "));
        let name = match told.place.lines {
            Some((line, _)) => format!("line {line}: {}", digest.title),
            None => digest.title.clone(),
        };
        let mut case = TestCase::new(name, failed);
        case.set_classname("awsexplain");
        if let Some(suite) = self.suites.last_mut() {
            suite.add_test_case(case);
        }
        Vec::new()
    }

    fn finish(&mut self) -> Vec<u8> {
        let mut report = Report::new("awsexplain");
        for mut suite in std::mem::take(&mut self.suites) {
            if suite.test_cases.is_empty() {
                let mut case = TestCase::new("no AWS error", TestCaseStatus::success());
                case.set_classname("awsexplain");
                suite.add_test_case(case);
            }
            report.add_test_suite(suite);
        }
        if let (Some(last), 1..) = (report.test_suites.last_mut(), self.left_out) {
            last.set_system_out(format!("{} more errors were left out", self.left_out));
        }
        let xml = report.to_string().unwrap_or_default();
        // Jenkins refuses a report whose root counts skipped tests; its suites may.
        xml.replacen(" skipped=\"0\"", "", 1).into_bytes()
    }
}
