//! One line of the table of benchmarks.

use std::fmt;

/// A measured value beside its budget.
pub struct Row {
    pub what: String,
    /// `None` where nothing is promised.
    pub budget: Option<f64>,
    pub measured: f64,
    pub unit: &'static str,
    /// How many decimals are shown: two for times, which vary from run to run, three for what does not.
    pub decimals: usize,
    pub details: String,
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let budget = self
            .budget
            .map_or("–".to_owned(), |budget| format!("{budget} {}", self.unit));
        let over = if self.budget.is_some_and(|budget| self.measured > budget) {
            ", over"
        } else {
            ""
        };
        let Self {
            what,
            measured,
            unit,
            decimals,
            details,
            ..
        } = self;
        write!(
            formatter,
            "| {what} | {budget} | {measured:.decimals$} {unit}{over} | {details} |"
        )
    }
}

/// The median of several values, and between which values the middle half of them is.
#[derive(Clone, Copy)]
pub struct Spread {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

impl Spread {
    /// `None` for no values.
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let at = |quarter: usize| values.get(values.len() * quarter / 4).copied();
        Some(Self {
            median: at(2)?,
            low: at(1)?,
            high: at(3)?,
        })
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low < self.high {
            write!(formatter, "{:.2} to {:.2}", self.low, self.high)
        } else {
            write!(formatter, "{:.2}", self.median)
        }
    }
}
