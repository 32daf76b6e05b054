//! The layout of Rust code. The only module that calls prettyplease.

use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprLit, Item, Lit, LitStr, MetaNameValue};

/// Prints an item with its documentation.
pub fn item(mut item: Item) -> String {
    let mut docs = Docs::default();
    docs.visit_item_mut(&mut item);
    docs.restore(&unparse(vec![item]))
}

/// Breaks statements into lines that fit. What is not Rust stays as it is.
pub fn statements(lines: &[String]) -> Vec<String> {
    let function = format!("fn statements() {{ {} }}", lines.concat());
    let Ok(function) = syn::parse_str(&function) else {
        return lines.to_vec();
    };
    let printed = unparse(vec![function]);
    let body = printed.lines().filter_map(|line| line.strip_prefix("    "));
    body.map(str::to_owned).collect()
}

fn unparse(items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}

/// The doc comments of an item, in source order. prettyplease prints an empty comment in place of each.
///
/// It would need one attribute a line. Most generated lines are documentation, and an attribute for each of them would
/// add a tenth to the generation time.
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

    /// Bodies of functions have no documentation.
    fn visit_block_mut(&mut self, _: &mut Block) {}
}

impl Docs {
    /// Fills in the empty comments of a printed item.
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
