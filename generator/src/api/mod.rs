//! The API model: `resolve` builds it from parsed files and looks up names, `check` enforces the rules.

pub mod check;
pub mod checked;
pub mod cycles;
pub mod forms;
pub mod model;
pub mod resolve;
mod usage;
