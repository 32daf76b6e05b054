//! The API model to Rust: `lower` decides, `emit` makes tokens, `print` makes text.

mod docs;
pub mod emit;
pub mod ir;
pub mod lower;
pub mod print;
