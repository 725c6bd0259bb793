package kith.node.core.account;

import java.util.ArrayList;
import java.util.List;

/// The position of a page in an answer that is sent as several messages, because it could exceed
/// the size limit of a message between nodes, 1 MiB.
///
/// @param number from 1
/// @param of the number of pages
public record Page(int number, int of) {
  public static final Page ONLY = new Page(1, 1);

  /// Divides a list into lists of at most `most` items; none for an empty list.
  public static <T> List<List<T>> divide(List<T> all, int most) {
    var parts = new ArrayList<List<T>>();
    for (var from = 0; from < all.size(); from += most)
      parts.add(all.subList(from, Math.min(all.size(), from + most)));
    return parts;
  }

  /// The items of this page; empty if the list has fewer pages.
  public <T> List<T> of(List<List<T>> parts) {
    return number <= parts.size() ? parts.get(number - 1) : List.of();
  }

  /// All pages of an answer whose longest list has `longest` pages; at least one.
  public static List<Page> upTo(int longest) {
    var count = Math.max(1, longest);
    var pages = new ArrayList<Page>();
    for (var number = 1; number <= count; number++) pages.add(new Page(number, count));
    return pages;
  }
}
