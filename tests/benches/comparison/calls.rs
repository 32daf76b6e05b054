//! Writes programs that can call every operation, based on the sources of the clients.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use syn::{FnArg, GenericArgument, ImplItem, ImplItemFn, Item, Pat, PathArguments, ReturnType, Signature, Type};
use syn::{TypeParamBound, Visibility};

use super::system::{Result, read};

const GENERATED_TEMPLATE: &str = include_str!("../../fixtures/programs/every_generated.rs");
const PUBLISHED_TEMPLATE: &str = include_str!("../../fixtures/programs/every_published.rs");

/// The comment in the templates that is replaced with the calls.
const PLACEHOLDER: &str = "        // calls\n";

/// A program that calls operations by name.
pub struct Program {
    pub source: String,
    /// Number of operations.
    pub operations: usize,
}

/// A call of an operation.
struct Call {
    operation: String,
    /// Rust expression that calls the operation.
    expression: String,
}

impl Program {
    fn new(template: &str, calls: &[Call]) -> Self {
        let arms = calls.iter().fold(String::new(), |mut arms, call| {
            let _ = writeln!(
                arms,
                "        {:?} => Box::pin(async move {{ report({}.await) }}),",
                call.operation, call.expression
            );
            arms
        });
        Self {
            source: template.replace(PLACEHOLDER, &arms),
            operations: calls.len(),
        }
    }
}

/// Writes the program for the generated client. Returns an error if the client lacks an operation of the list.
pub fn generated(sources: &Path, operations: &str) -> Result<Program> {
    let wanted: BTreeSet<&str> = operations.lines().filter_map(|line| line.split(' ').next()).collect();
    let files = parse_folder(sources)?;
    let constructors: Constructors = files.iter().flat_map(|(_, file)| constructors(&file.items)).collect();
    let mut calls = Vec::new();
    for (resource, file) in &files {
        for method in methods(&file.items).filter(|method| is_public(method)) {
            let operation = format!("{resource}.{}", method.sig.ident);
            if wanted.contains(operation.as_str()) {
                let arguments = arguments(&method.sig, |kind| generated_argument(kind, &constructors))?;
                let expression = format!("client.{resource}().{}({arguments})", method.sig.ident);
                calls.push(Call { operation, expression });
            }
        }
    }
    let found: BTreeSet<&str> = calls.iter().map(|call| call.operation.as_str()).collect();
    let missing: Vec<_> = wanted.difference(&found).collect();
    if missing.is_empty() && !wanted.is_empty() {
        Ok(Program::new(GENERATED_TEMPLATE, &calls))
    } else {
        Err(format!("missing methods in {}: {missing:?}", sources.display()))
    }
}

/// Writes two programs for the published client: the first calls every operation, the second only the given one.
pub fn published(clients: &Path, operation: &str) -> Result<[Program; 2]> {
    let file = parse(clients)?;
    let mut calls = Vec::new();
    collect_published(&file.items, "ngrok_api", &mut calls)?;
    let every = Program::new(PUBLISHED_TEMPLATE, &calls);
    calls.retain(|call| call.operation == operation);
    if calls.is_empty() {
        return Err(format!("missing method in {}: {operation}", clients.display()));
    }
    Ok([every, Program::new(PUBLISHED_TEMPLATE, &calls)])
}

/// Collects the calls of each module that defines a `Client`.
fn collect_published(items: &[Item], path: &str, calls: &mut Vec<Call>) -> Result<()> {
    for item in items {
        let Item::Mod(module) = item else { continue };
        let Some((_, items)) = &module.content else { continue };
        let path = format!("{path}::{}", module.ident);
        for method in methods_of("Client", items).filter(|method| is_public(method)) {
            let Some(suffix) = published_suffix(method) else {
                continue;
            };
            let arguments = arguments(&method.sig, published_argument)?;
            calls.push(Call {
                operation: format!("{}.{}", path.replacen("ngrok_api::", "", 1), method.sig.ident),
                expression: format!(
                    "{path}::Client::new(client.clone()).{}({arguments}){suffix}",
                    method.sig.ident
                ),
            });
        }
        collect_published(items, &path, calls)?;
    }
    Ok(())
}

/// Returns the code after the method call that sends the request; `None` if the method doesn't send one.
fn published_suffix(method: &ImplItemFn) -> Option<&'static str> {
    if method.sig.asyncness.is_some() {
        return Some("");
    }
    let ReturnType::Type(_, output) = &method.sig.output else {
        return None;
    };
    let name = last_segment(output)?;
    // A list returns a stream of pages. Other methods that are not async return another client.
    (name != "Client" && name != "Self").then_some(".pages().await.next()")
}

/// The constructors that have parameters, by the name of their type.
type Constructors<'a> = BTreeMap<String, &'a Signature>;

fn constructors(items: &[Item]) -> impl Iterator<Item = (String, &Signature)> {
    let blocks = items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some((last_segment(&block.self_ty)?, item)),
        _ => None,
    });
    blocks.flat_map(|(name, item)| {
        methods(std::slice::from_ref(item))
            .filter(|method| is_public(method) && method.sig.ident == "new" && !method.sig.inputs.is_empty())
            .map(move |method| (name.clone(), &method.sig))
    })
}

/// Returns a minimal argument for a parameter of the generated client: a string, a default value, or a model with its required
/// fields.
fn generated_argument(kind: &Type, constructors: &Constructors<'_>) -> Option<String> {
    match kind {
        Type::ImplTrait(bounds) => bounds.bounds.iter().find_map(|bound| {
            let TypeParamBound::Trait(bound) = bound else {
                return None;
            };
            let segment = bound.path.segments.last()?;
            match segment.ident.to_string().as_str() {
                "Into" => Some("text".to_owned()),
                "IntoIterator" => Some(format!(
                    "[{}]",
                    generated_argument(item(&segment.arguments)?, constructors)?
                )),
                _ => None,
            }
        }),
        Type::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(|kind| generated_argument(kind, constructors));
            Some(format!("({})", parts.collect::<Option<Vec<_>>>()?.join(", ")))
        }
        Type::Path(_) => Some(match constructors.get(&last_segment(kind)?) {
            Some(constructor) => format!(
                "generated_client::models::{}::new({})",
                last_segment(kind)?,
                arguments(constructor, |kind| generated_argument(kind, constructors)).ok()?
            ),
            None => "Default::default()".to_owned(),
        }),
        _ => None,
    }
}

/// Returns the `Item` of an `IntoIterator`.
fn item(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(item) => Some(&item.ty),
        _ => None,
    })
}

/// Returns a minimal argument for a parameter of the published client: a string, or a default model.
fn published_argument(kind: &Type) -> Option<String> {
    let argument = match kind {
        Type::Reference(reference) if last_segment(&reference.elem)? == "str" => "text",
        Type::Reference(_) => "&Default::default()",
        Type::Path(_) => "Default::default()",
        _ => return None,
    };
    Some(argument.to_owned())
}

/// Returns the arguments of a method call, one for the type of each parameter.
fn arguments(signature: &Signature, of: impl Fn(&Type) -> Option<String>) -> Result<String> {
    let parameters = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(parameter) => Some(parameter),
        FnArg::Receiver(_) => None,
    });
    let arguments: Result<Vec<_>> = parameters
        .map(|parameter| {
            of(&parameter.ty).ok_or_else(|| {
                let name = match &*parameter.pat {
                    Pat::Ident(name) => name.ident.to_string(),
                    _ => "a parameter".to_owned(),
                };
                format!("unsupported type of `{name}` in the method `{}`", signature.ident)
            })
        })
        .collect();
    Ok(arguments?.join(", "))
}

fn methods(items: &[Item]) -> impl Iterator<Item = &ImplItemFn> {
    let blocks = items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    blocks.flat_map(|block| &block.items).filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}

/// Returns the methods of a type that take `self`.
fn methods_of<'a>(name: &'a str, items: &'a [Item]) -> impl Iterator<Item = &'a ImplItemFn> {
    let own = items.iter().filter(move |item| match item {
        Item::Impl(block) => last_segment(&block.self_ty).is_some_and(|found| found == name),
        _ => false,
    });
    own.flat_map(|item| methods(std::slice::from_ref(item)))
        .filter(|method| method.sig.receiver().is_some())
}

fn is_public(method: &ImplItemFn) -> bool {
    matches!(method.vis, Visibility::Public(_))
}

fn last_segment(kind: &Type) -> Option<String> {
    match kind {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// Parses the Rust files of a folder and returns them with their names, sorted by name.
fn parse_folder(folder: &Path) -> Result<Vec<(String, syn::File)>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let sources = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "rs"));
    sources
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            Ok((name.into_owned(), parse(path)?))
        })
        .collect()
}

fn parse(path: &Path) -> Result<syn::File> {
    syn::parse_file(&read(path)?).map_err(|error| format!("cannot parse {}: {error}", path.display()))
}
