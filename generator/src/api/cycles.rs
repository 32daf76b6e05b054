//! Strongly connected components of a graph. Two nodes share a component if each can be reached from the other.

use std::mem;

/// Returns the component of each node, found with Kosaraju's algorithm.
pub fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut finished = Vec::new();
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        visit(edges, start, &mut seen, |node| finished.push(node));
    }
    let reversed = reversed(edges);
    let mut components = vec![0; edges.len()];
    let mut seen = vec![false; edges.len()];
    for start in finished.into_iter().rev() {
        visit(&reversed, start, &mut seen, |node| components[node] = start);
    }
    components
}

/// Visits the unseen nodes that can be reached from `start`, in postorder.
fn visit(edges: &[Vec<usize>], start: usize, seen: &mut [bool], mut leave: impl FnMut(usize)) {
    let mut open = Vec::new();
    if !mem::replace(&mut seen[start], true) {
        open.push((start, edges[start].iter()));
    }
    while let Some((node, rest)) = open.last_mut() {
        match rest.next() {
            Some(&next) if !mem::replace(&mut seen[next], true) => open.push((next, edges[next].iter())),
            Some(_) => {}
            None => {
                leave(*node);
                open.pop();
            }
        }
    }
}

fn reversed(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            reversed[*to].push(from);
        }
    }
    reversed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_of_a_cycle_share_a_component() {
        // 0 → 1 → 2 → 0, 2 → 3 → 4 → 3, 5 → 5, 6
        let edges = [vec![1], vec![2], vec![0, 3], vec![4], vec![3], vec![5], vec![]];
        let components = components(&edges);
        assert_eq!(components[0], components[1]);
        assert_eq!(components[1], components[2]);
        assert_eq!(components[3], components[4]);
        let distinct = [components[0], components[3], components[5], components[6]];
        for (index, component) in distinct.iter().enumerate() {
            assert!(!distinct[..index].contains(component));
        }
    }

    #[test]
    fn long_chain_does_not_overflow_the_stack() {
        let edges: Vec<_> = (1..=100_000)
            .map(|next| if next < 100_000 { vec![next] } else { vec![] })
            .collect();
        assert_eq!(components(&edges).len(), edges.len());
    }
}
