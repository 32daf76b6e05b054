//! Translates the API model to Rust in three steps: `lower` makes all decisions and returns the `ir`, `emit` turns it
//! into tokens, and `print` formats them. `docs` writes the doc comments, `layout` formats items and statements, and `markdown`
//! makes text from the schema safe for rustdoc.

pub mod docs;
pub mod emit;
pub mod ir;
mod layout;
pub mod lower;
pub mod markdown;
pub mod print;
