//! A row of the benchmark table.

use std::fmt;

/// A measured value and its budget.
pub struct Row {
    pub name: String,
    /// Upper bound of the value; `None` without a budget.
    pub budget: Option<f64>,
    pub measured: f64,
    pub unit: &'static str,
    /// Number of printed decimals: two for times, which vary between runs, three for reproducible values.
    pub decimals: usize,
    pub details: String,
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let budget = self
            .budget
            .map_or("–".to_owned(), |budget| format!("{budget} {}", self.unit));
        let over = if self.budget.is_some_and(|budget| self.measured > budget) {
            ", over budget"
        } else {
            ""
        };
        let Self {
            name,
            measured,
            unit,
            decimals,
            details,
            ..
        } = self;
        write!(
            formatter,
            "| {name} | {budget} | {measured:.decimals$} {unit}{over} | {details} |"
        )
    }
}

/// The median and the quartiles of several values.
#[derive(Clone, Copy)]
pub struct Spread {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

impl Spread {
    /// Returns `None` for an empty list.
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
