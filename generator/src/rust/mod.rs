//! The API model to Rust: `lower` decides, `emit` makes tokens, `print` makes text, `layout` breaks lines.

mod docs;
pub mod emit;
pub mod ir;
mod layout;
pub mod lower;
pub mod print;
