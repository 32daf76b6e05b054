//! Finds the imports and paths in code.
//!
//! Works on tokens instead of a syntax tree, because many paths are in the arguments of macros. A single lowercase name
//! counts only if it is called; otherwise it is almost always a variable or a field. Items created by macros aren't
//! found.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{ItemUse, UseTree, Visibility};

/// Macros whose arguments are text, or code of another program.
const OPAQUE: [&str; 5] = ["concat", "parse_quote", "quote", "quote_spanned", "stringify"];

/// Keywords that precede the name of a new item.
const DEFINING: [&str; 9] = [
    "const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union",
];

/// A Rust namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    Type,
    Value,
    Macro,
}

/// An import or a path.
pub struct Mention {
    pub path: Vec<String>,
    /// The namespace of the last path segment, if known.
    pub space: Option<Space>,
    /// `true` if the path continues with a macro parameter, as in `a::$b`.
    pub is_open: bool,
    /// The name brought into scope; `None` for a path.
    pub import: Option<Import>,
}

/// The import of a name into a module.
pub struct Import {
    /// The name in the module; `None` for `*`.
    pub name: Option<String>,
    pub reach: Reach,
}

/// The visibility of a name, relative to its module.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Module,
    Parent,
    Everywhere,
}

impl Reach {
    pub fn new(visibility: &Visibility) -> Self {
        match visibility {
            Visibility::Inherited => Self::Module,
            Visibility::Restricted(to) if to.path.is_ident("self") => Self::Module,
            Visibility::Restricted(to) if to.path.is_ident("super") => Self::Parent,
            // `pub(in path)` is treated as `pub(crate)`.
            Visibility::Restricted(_) | Visibility::Public(_) => Self::Everywhere,
        }
    }
}

impl Mention {
    pub fn is_reexport(&self) -> bool {
        let import = self.import.as_ref();
        import.is_some_and(|import| import.reach != Reach::Module)
    }
}

/// Returns the imports of a `use` declaration.
pub fn in_use(item: &ItemUse) -> Vec<Mention> {
    let mut found = Vec::new();
    if item.leading_colon.is_none() {
        leaves(&item.tree, &mut Vec::new(), Reach::new(&item.vis), &mut found);
    }
    found
}

fn leaves(tree: &UseTree, prefix: &mut Vec<String>, reach: Reach, found: &mut Vec<Mention>) {
    let (last, name) = match tree {
        UseTree::Path(path) => {
            prefix.push(path.ident.to_string());
            leaves(&path.tree, prefix, reach, found);
            prefix.pop();
            return;
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, prefix, reach, found);
            }
            return;
        }
        UseTree::Name(leaf) => (Some(&leaf.ident), Some(&leaf.ident)),
        UseTree::Rename(leaf) => (Some(&leaf.ident), Some(&leaf.rename)),
        UseTree::Glob(_) => (None, None),
    };
    let (mut path, mut name) = (prefix.clone(), name.map(ToString::to_string));
    let last = last.map(ToString::to_string);
    // `a::{self}` imports the module `a`.
    let is_module = last.as_ref().is_none_or(|last| last == "self" && !prefix.is_empty());
    if !is_module {
        path.extend(last);
    } else if name.as_deref() == Some("self") {
        name = prefix.last().cloned();
    }
    found.push(Mention {
        path,
        space: is_module.then_some(Space::Type),
        is_open: false,
        import: Some(Import { name, reach }),
    });
}

/// Returns the imports and paths of an item.
pub fn in_code(tokens: TokenStream) -> Vec<Mention> {
    let mut found = Vec::new();
    scan(tokens, &mut found);
    found
}

/// Returns the paths in a macro's rules that begin with `$crate`. Other paths are resolved at the call site.
pub fn in_macro_rules(tokens: TokenStream) -> Vec<Mention> {
    let mut found = in_code(tokens);
    found.retain(|mention| mention.path.first().is_some_and(|first| first == "crate"));
    for mention in &mut found {
        // An import takes effect at the call site, not in this module.
        mention.import = None;
    }
    found
}

fn scan(tokens: TokenStream, found: &mut Vec<Mention>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => scan(group.stream(), found),
            TokenTree::Ident(word) if word == "use" => {
                if let Some((import, length)) = import(&tokens[at..]) {
                    found.extend(in_use(&import));
                    at += length;
                    continue;
                }
            }
            TokenTree::Ident(_) => {
                at = path(&tokens, at, found);
                continue;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        at += 1;
    }
}

/// Parses an import inside a function or a macro and returns it with its number of tokens.
fn import(tokens: &[TokenTree]) -> Option<(ItemUse, usize)> {
    let length = tokens.iter().position(|token| is(token, ';'))? + 1;
    let line = tokens[..length].iter().filter(|token| !is(token, '$'));
    let line: TokenStream = line.cloned().collect();
    Some((syn::parse2(line).ok()?, length))
}

/// Adds the path that starts at an identifier and returns the index of the token after it.
fn path(tokens: &[TokenTree], start: usize, found: &mut Vec<Mention>) -> usize {
    let mut path = vec![tokens[start].to_string()];
    let mut end = start + 1;
    while is_path_separator(tokens, end)
        && let Some(TokenTree::Ident(word)) = tokens.get(end + 2)
    {
        path.push(word.to_string());
        end += 3;
    }
    let is_macro = tokens.get(end).is_some_and(|token| is(token, '!'))
        && matches!(tokens.get(end + 1), Some(TokenTree::Group(_) | TokenTree::Ident(_)));
    let is_call =
        matches!(tokens.get(end), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
    let last = path[path.len() - 1].clone();
    if is_macro && OPAQUE.contains(&last.as_str()) {
        return end + 2;
    }
    let is_capitalized = last.starts_with(char::is_uppercase) && !is_associated_type(&tokens[end..]);
    let counts = path.len() > 1 || is_macro || is_call || is_capitalized;
    if counts && !is_own_name(&tokens[..start]) {
        found.push(Mention {
            path,
            space: match (is_macro, is_call) {
                (true, _) => Some(Space::Macro),
                (_, true) => Some(Space::Value),
                _ => None,
            },
            is_open: is_path_separator(tokens, end) && tokens.get(end + 2).is_some_and(|token| is(token, '$')),
            import: None,
        });
    }
    end
}

/// Returns `true` if the name before these tokens is an associated type, as in `Iterator<Item = u8>`.
fn is_associated_type(after: &[TokenTree]) -> bool {
    let is_at = |at: usize, punctuation| after.get(at).is_some_and(|token| is(token, punctuation));
    is_at(0, '=') && !is_at(1, '=') && !is_at(1, '>')
}

/// Returns `true` if an identifier after these tokens is a field, a method, a lifetime, a new name or part of a path.
fn is_own_name(before: &[TokenTree]) -> bool {
    let Some(last) = before.last() else { return false };
    let range = before.len() > 1 && is(&before[before.len() - 2], '.');
    (is(last, '.') && !range)
        || is(last, '\'')
        || matches!(last, TokenTree::Ident(word) if DEFINING.iter().any(|defining| word == defining))
        || (before.len() > 1 && is_path_separator(before, before.len() - 2))
}

fn is_path_separator(tokens: &[TokenTree], at: usize) -> bool {
    tokens.len() > at + 1 && is(&tokens[at], ':') && is(&tokens[at + 1], ':')
}

fn is(token: &TokenTree, punctuation: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punctuation)
}
