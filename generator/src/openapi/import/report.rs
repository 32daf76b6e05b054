//! The report of a conversion: the parts of a document that are lost.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use indexmap::IndexSet;

use super::document::Document;
use super::draft::OperationDraft;
use super::finding::{Finding, Loss};
use super::types::{Owner, Types, of_operation};
use crate::diagnostics::visible;

/// The findings of an import, and how many operations they concern.
#[derive(Debug)]
pub struct Report {
    /// The number of operations without a loss.
    pub exact: usize,
    /// The number of operations with a type that says less than the document.
    pub weaker: usize,
    /// The number of operations that the schema does not contain.
    pub left_out: usize,
    /// The parts of the document that are lost, in its order.
    pub findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(document: &Document, types: &Types, operations: &[OperationDraft], left_out: usize) -> Self {
        let findings = types.findings.iter();
        let weaker_parts: HashSet<_> = findings
            .filter(|(_, finding)| finding.loss == Loss::Weaker)
            .map(|(owner, _)| *owner)
            .collect();
        let is_weaker = |owner: Owner| weaker_parts.contains(&owner);
        let mut used = BTreeSet::new();
        let mut weaker = 0;
        for (index, operation) in operations.iter().enumerate() {
            let of = of_operation(types, operation);
            weaker +=
                usize::from(is_weaker(Owner::Operation(index)) || of.iter().any(|id| is_weaker(Owner::Type(*id))));
            used.extend(of);
        }
        let concerns = |owner: &Owner| match owner {
            Owner::Type(id) => used.contains(id),
            Owner::Api | Owner::Operation(_) => true,
        };
        let own = types
            .findings
            .iter()
            .filter(|(owner, _)| concerns(owner))
            .map(|(_, finding)| finding);
        let findings: IndexSet<&Finding> = document.findings.iter().chain(own).collect();
        let findings = findings.into_iter().cloned().collect();
        Self {
            exact: operations.len() - weaker,
            weaker,
            left_out,
            findings,
        }
    }
}

/// Writes the findings by kind, with a count of each.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for (loss, title) in [
            (Loss::LeftOut, "left out"),
            (Loss::Weaker, "weaker than in the document"),
            (Loss::Reading, "read in one of several ways"),
        ] {
            let findings: Vec<_> = self.findings.iter().filter(|finding| finding.loss == loss).collect();
            if findings.is_empty() {
                continue;
            }
            writeln!(formatter, "{title} ({}):", findings.len())?;
            for finding in findings {
                writeln!(formatter, "  {}: {}", visible(&finding.place), visible(&finding.text))?;
            }
        }
        let Self {
            exact,
            weaker,
            left_out,
            ..
        } = self;
        let total = exact + weaker + left_out;
        let noun = if total == 1 { "operation" } else { "operations" };
        writeln!(
            formatter,
            "{total} {noun}: {exact} exact, {weaker} with a weaker type, {left_out} left out"
        )
    }
}
