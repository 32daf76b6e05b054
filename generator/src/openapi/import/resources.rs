//! Groups operations by the collections in their paths, and names resources and operations.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::draft::{Expr, OperationDraft, ResourceDraft, ReturnsDraft};
use super::names::{claim_all, free, is_singular, plural, singular, snake};
use super::types::named;
use crate::names::Scope;

/// The number of words of a name that say enough.
const MAX_WORDS: usize = 6;

/// Verbs with which the names of operations that read start.
const VERBS: [&str; 10] = [
    "check", "compare", "download", "export", "fetch", "find", "get", "list", "query", "search",
];

/// A part of a path, as far as it matters for names.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Segment {
    Word(String),
    Parameter,
}

type Path = Vec<Segment>;

/// An operation of a resource.
struct Member {
    index: usize,
    /// The path after that of the collection.
    rest: Path,
    /// The number of segments of the whole path.
    length: usize,
}

/// Sets the resource and the name of each operation. Returns the resources.
///
/// Claims the names of their Rust types. A resource does not have one of the names `types`.
pub fn group(operations: &mut [OperationDraft], types: &BTreeSet<String>, scope: &mut Scope<()>) -> Vec<ResourceDraft> {
    let paths: Vec<Path> = operations.iter().map(|operation| segments(&operation.path)).collect();
    let collections = collections(operations, &paths);
    // Collections of the same objects below different ones are one resource.
    let mut groups: IndexMap<Vec<String>, Vec<Member>> = IndexMap::new();
    for (index, path) in paths.iter().enumerate() {
        let collection = collection(&collections, path);
        let rest = path[collection.len()..].to_vec();
        let member = Member {
            index,
            rest,
            length: path.len(),
        };
        groups.entry(path_words(&collection)).or_default().push(member);
    }
    let names = resource_names(&groups.keys().collect::<Vec<_>>(), types, scope);
    let resources: Vec<_> = names.iter().map(|name| resource(name)).collect();
    for (index, members) in groups.values().enumerate() {
        for member in members {
            operations[member.index].resource = index;
        }
        name_operations(operations, members, &resources[index], scope);
    }
    resources
}

fn resource(name: &str) -> ResourceDraft {
    let own = singular(name);
    ResourceDraft {
        name: name.to_owned(),
        singular: (crate::names::singular_name(name, None) != own).then_some(own),
        doc: named(name),
    }
}

/// Returns the segments of a path, without versions.
fn segments(path: &str) -> Path {
    let path = path.split('?').next().unwrap_or_default();
    let path = path.strip_suffix(".json").unwrap_or(path);
    let all: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let mut segments = Path::new();
    for segment in &all {
        let mut rest = *segment;
        let mut has_parameter = false;
        while let Some((before, after)) = rest.split_once('{') {
            if !before.trim_matches(|c: char| !c.is_ascii_alphanumeric()).is_empty() {
                segments.push(Segment::Word(snake(before)));
            }
            if !has_parameter {
                segments.push(Segment::Parameter);
            }
            has_parameter = true;
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        if rest.chars().any(|c| c.is_ascii_alphanumeric()) {
            segments.push(Segment::Word(snake(rest)));
        }
    }
    let is_version = |segment: &Segment| matches!(segment, Segment::Word(word) if is_version(word));
    if segments
        .iter()
        .any(|segment| matches!(segment, Segment::Word(_)) && !is_version(segment))
    {
        let start = segments
            .iter()
            .position(|segment| !is_version(segment))
            .unwrap_or_default();
        segments.drain(..start);
    }
    segments
}

/// Returns `true` for a word of a path that says nothing about its objects, such as `v1`.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').or(word.strip_prefix('n')).unwrap_or_default();
    matches!(word, "api" | "rest") || number.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the paths of collections: those followed by a parameter, and those that list objects.
fn collections(operations: &[OperationDraft], paths: &[Path]) -> BTreeSet<Path> {
    let mut collections = BTreeSet::new();
    let changed: BTreeSet<&Path> = operations
        .iter()
        .zip(paths)
        .filter(|(operation, _)| operation.method != "GET")
        .map(|(_, path)| path)
        .collect();
    for (operation, path) in operations.iter().zip(paths) {
        for (index, segment) in path.iter().enumerate().skip(1) {
            if *segment == Segment::Parameter && matches!(path[index - 1], Segment::Word(_)) {
                collections.insert(path[..index].to_vec());
            }
        }
        let is_word = matches!(path.last(), Some(Segment::Word(_)));
        // A list that is only read belongs to the objects before it.
        let is_own = path.len() == 1 || changed.contains(path);
        if operation.method == "GET" && is_list(&operation.returns) && is_word && is_own {
            collections.insert(path.clone());
        }
    }
    collections
}

fn is_list(returns: &ReturnsDraft) -> bool {
    match returns {
        ReturnsDraft::Page { .. } => true,
        ReturnsDraft::Value { expr, .. } => matches!(expr, Expr::List(_)),
        ReturnsDraft::Nothing | ReturnsDraft::Headers | ReturnsDraft::ByStatus(_) => false,
    }
}

/// Returns the collection that a path belongs to: the longest one, or else its first word.
fn collection(collections: &BTreeSet<Path>, path: &Path) -> Path {
    let longest = (1..=path.len())
        .rev()
        .map(|end| &path[..end])
        .find(|prefix| collections.contains(*prefix));
    longest.map_or_else(
        || {
            let end = path.iter().position(|segment| matches!(segment, Segment::Word(_)));
            path[..end.map_or(path.len(), |end| end + 1)].to_vec()
        },
        <[Segment]>::to_vec,
    )
}

/// Names each collection: with its last word, and as many others as necessary.
fn resource_names(words: &[&Vec<String>], types: &BTreeSet<String>, scope: &mut Scope<()>) -> Vec<String> {
    let mut names: Vec<Option<String>> = vec![None; words.len()];
    let mut taken = BTreeSet::new();
    for level in [last_word, first_and_last_word, all_words] {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for words in words {
            *counts.entry(level(words)).or_default() += 1;
        }
        for (name, words) in names.iter_mut().zip(words) {
            let candidate = level(words);
            let is_free = counts[&candidate] == 1 || words.len() == 1;
            if name.is_none() && is_free && !taken.contains(&candidate) {
                taken.insert(candidate.clone());
                *name = Some(candidate);
            }
        }
    }
    let (mut modules, mut accessors) = (Scope::modules(), Scope::accessors());
    let mut claim = |name: &str| {
        let (module, handle) = (crate::names::module(name), crate::names::handle(name));
        let is_free = !crate::names::is_feature(name);
        let is_free = is_free && modules.is_free(&module) && accessors.is_free(&module) && scope.is_free(&handle);
        is_free && {
            let claimed = [modules.claim(&module, ()).is_ok(), accessors.claim(&module, ()).is_ok()];
            claimed == [true, true] && scope.claim(&handle, ()).is_ok()
        }
    };
    let is_type = |name: &str| types.contains(&crate::names::handle(name).to_string());
    let mut result = Vec::new();
    for (name, words) in names.into_iter().zip(words) {
        let name = name.unwrap_or_else(|| all_words(words));
        let others = [is_singular(&name).then(|| plural(&name)), Some(format!("{name}_api"))];
        let names = [&name].into_iter().chain(others.iter().flatten()).map(String::as_str);
        let names: Vec<_> = names.filter(|other| !is_type(other)).collect();
        result.push(free(if names.is_empty() { &["resource"] } else { &names }, &mut claim));
    }
    result
}

fn path_words(path: &Path) -> Vec<String> {
    let words: Vec<_> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Word(word) => Some(word.clone()),
            Segment::Parameter => None,
        })
        .collect();
    if words.is_empty() {
        vec!["root".to_owned()]
    } else {
        words
    }
}

fn last_word(words: &[String]) -> String {
    words.last().cloned().unwrap_or_default()
}

fn first_and_last_word(words: &[String]) -> String {
    match words {
        [first, .., last] => format!("{}_{last}", singular(first)),
        _ => last_word(words),
    }
}

fn all_words(words: &[String]) -> String {
    let others = &words[..words.len().saturating_sub(1)];
    let mut all: Vec<String> = others.iter().map(|word| singular(word)).collect();
    all.extend(words.last().cloned());
    let start = all.len().saturating_sub(MAX_WORDS);
    all[start..].join("_")
}

/// Names the operations of a resource.
fn name_operations(
    operations: &mut [OperationDraft],
    members: &[Member],
    resource: &ResourceDraft,
    scope: &mut Scope<()>,
) {
    let has_items = members.iter().any(|member| is_item(&member.rest));
    let mut methods = Scope::methods();
    let mut order: Vec<&Member> = members.iter().collect();
    // The shortest paths have the plainest names.
    order.sort_by_key(|member| member.length);
    for member in order {
        let operation = &operations[member.index];
        let siblings: Vec<&str> = members
            .iter()
            .map(|other| &operations[other.index])
            .filter(|other| other.path == operation.path)
            .map(|other| other.method.as_str())
            .collect();
        let name = operation_name(operation, &member.rest, has_items, &siblings);
        let own = own_name(operation);
        let names: Vec<&str> = [&name]
            .into_iter()
            .chain(&own)
            .chain([&name])
            .map(String::as_str)
            .collect();
        let name = free(&names, |name| claim(operation, name, resource, &mut methods, scope));
        operations[member.index].name = name;
    }
}

/// Claims the method of an operation and its Rust types. Returns `false` if one of them is taken.
fn claim(
    operation: &OperationDraft,
    name: &str,
    resource: &ResourceDraft,
    methods: &mut Scope<()>,
    scope: &mut Scope<()>,
) -> bool {
    let ident = crate::names::operation(name, &resource.name, resource.singular.as_deref());
    let has_results = operation.returns.exprs().len() > 1;
    let response = has_results.then(|| crate::names::response(&ident));
    let mut idents = vec![crate::names::call(&ident), ident];
    idents.extend(response);
    let method = crate::names::method(name);
    methods.is_free(&method) && claim_all(scope, &idents) && methods.claim(&method, ()).is_ok()
}

/// Returns the last part of the name that the document has for an operation.
fn own_name(operation: &OperationDraft) -> Option<String> {
    let id = operation.id.as_deref()?;
    let name = snake(id.rsplit(['/', '.']).next().unwrap_or(id));
    (!matches!(name.as_str(), "create" | "update")).then_some(name)
}

fn is_item(rest: &[Segment]) -> bool {
    !rest.is_empty() && rest.iter().all(|segment| *segment == Segment::Parameter)
}

/// Returns the name of an operation, given its path after the collection.
fn operation_name(operation: &OperationDraft, rest: &[Segment], has_items: bool, siblings: &[&str]) -> String {
    let action: Vec<_> = rest
        .iter()
        .filter_map(|segment| match segment {
            Segment::Word(word) => Some(word.as_str()),
            Segment::Parameter => None,
        })
        .collect();
    // A path may end with the format of the response.
    let action = action.join("_");
    let action = if action == "json" { String::new() } else { action };
    let method = operation.method.as_str();
    if !action.is_empty() {
        return named_action(operation, &action, siblings);
    }
    let is_item = rest.contains(&Segment::Parameter);
    if operation.body.is_none() && matches!(method, "POST" | "PUT" | "PATCH") {
        // `create` and `update` send a body.
        return own_name(operation).unwrap_or_else(|| method.to_lowercase());
    }
    let name = match (method, is_item) {
        ("GET", false) if has_items || is_list(&operation.returns) => "list",
        ("GET", _) => "get",
        ("HEAD", false) if has_items => "head_all",
        ("HEAD", _) => "head",
        ("POST", false) => "create",
        ("POST", true) if siblings.contains(&"PATCH") || siblings.contains(&"PUT") => "post",
        ("PATCH" | "PUT", false) if has_items && siblings.contains(&"PATCH") && method == "PUT" => "replace_all",
        ("PATCH" | "PUT", false) if has_items => "update_all",
        ("PUT", _) if siblings.contains(&"PATCH") => "replace",
        ("POST" | "PATCH" | "PUT", _) => "update",
        ("DELETE", false) if has_items => "delete_all",
        ("DELETE", _) => "delete",
        _ => "send",
    };
    name.to_owned()
}

fn named_action(operation: &OperationDraft, action: &str, siblings: &[&str]) -> String {
    let has_get = siblings.contains(&"GET");
    let is_verb = VERBS.contains(&action.split('_').next().unwrap_or_default());
    match operation.method.as_str() {
        "GET" if is_verb => action.to_owned(),
        "GET" if is_list(&operation.returns) => format!("list_{action}"),
        "GET" => format!("get_{action}"),
        "HEAD" => format!("head_{action}"),
        "DELETE" => format!("delete_{action}"),
        "PATCH" => format!("update_{action}"),
        "PUT" if has_get => format!("set_{action}"),
        "POST" if has_get && siblings.contains(&"PUT") => format!("post_{action}"),
        "POST" if has_get && !is_singular(action) => format!("create_{}", singular(action)),
        // `create` and `update` send a body.
        method if operation.body.is_none() && matches!(action, "create" | "update") => {
            format!("{}_{action}", method.to_lowercase())
        }
        _ => action.to_owned(),
    }
}
