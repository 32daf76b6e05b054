//! Formats Rust code. The only module that calls prettyplease.

use std::mem;

use syn::visit_mut::VisitMut;
use syn::{Attribute, Block, Expr, ExprLit, File, Lit, LitStr, MetaNameValue};

/// Prints a file with its documentation, and an empty line after its attributes.
pub fn file(mut file: File) -> String {
    let attributes = attributes(mem::take(&mut file.attrs));
    let mut docs = Docs::default();
    docs.visit_file_mut(&mut file);
    attributes + &docs.restore(&prettyplease::unparse(&file))
}

fn attributes(attrs: Vec<Attribute>) -> String {
    if attrs.is_empty() {
        return String::new();
    }
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs,
        items: Vec::new(),
    }) + "\n"
}

/// Breaks statements into lines that fit. Returns the lines unchanged if they are not valid Rust.
pub fn statements(lines: &[String]) -> Vec<String> {
    let function = format!("fn statements() {{ {} }}", lines.concat());
    let Ok(function) = syn::parse_str(&function) else {
        return lines.to_vec();
    };
    let printed = prettyplease::unparse(&function);
    let body = printed.lines().filter_map(|line| line.strip_prefix("    "));
    body.map(str::to_owned).collect()
}

/// The doc comments of a file, in source order. prettyplease prints an empty comment in place of each.
///
/// prettyplease needs one attribute per line. As most generated lines are documentation, that would add a tenth to the
/// generation time.
#[derive(Default)]
struct Docs(Vec<String>);

impl VisitMut for Docs {
    fn visit_meta_name_value_mut(&mut self, meta: &mut MetaNameValue) {
        if !meta.path.is_ident("doc") {
            return;
        }
        if let Expr::Lit(ExprLit {
            lit: Lit::Str(text), ..
        }) = &mut meta.value
        {
            self.0.push(text.value());
            *text = LitStr::new("", text.span());
        }
    }

    /// Skips function bodies, which contain no doc comments.
    fn visit_block_mut(&mut self, _: &mut Block) {}
}

impl Docs {
    /// Fills in the empty comments of printed items.
    fn restore(self, printed: &str) -> String {
        let mut docs = self.0.into_iter();
        let mut text = String::with_capacity(printed.len());
        for line in printed.lines() {
            let is_comment = line.trim_start() == "///";
            match is_comment.then(|| docs.next()).flatten() {
                Some(doc) => doc.split('\n').for_each(|doc| push_line(&mut text, line, doc)),
                None => push_line(&mut text, line, ""),
            }
        }
        text
    }
}

fn push_line(text: &mut String, start: &str, end: &str) {
    text.push_str(start);
    text.push_str(end);
    text.push('\n');
}
