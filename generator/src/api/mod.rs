//! The AST to a checked API model: `resolve` finds what names refer to, `check` holds the rules.

pub mod check;
pub mod checked;
mod cycles;
pub mod model;
pub mod resolve;
mod usage;
