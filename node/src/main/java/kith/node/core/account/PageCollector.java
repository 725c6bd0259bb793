package kith.node.core.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects the pages of an answer. They arrive in order, but some may be lost; the sender then
/// repeats the answer from its first page.
public final class PageCollector<T> {
  private final List<T> pages = new ArrayList<>();

  /// Returns all pages when the last one has arrived.
  public Optional<List<T>> add(Page page, T content) {
    if (page.number() == 1) pages.clear();
    if (page.number() != pages.size() + 1) return Optional.empty();
    pages.add(content);
    if (page.number() < page.of()) return Optional.empty();
    var all = List.copyOf(pages);
    pages.clear();
    return Optional.of(all);
  }
}
