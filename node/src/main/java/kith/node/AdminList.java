package kith.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.Portions;
import kith.protocol.json.Json;
import picocli.CommandLine.Option;

/// A command that lists records, page by page.
///
/// @param <P> a page
/// @param <R> a record of a page
abstract class AdminList<P extends Record, R extends Record> extends AdminCommand.Request {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The maximum number of records (default: all; of the audit log: 100).")
  private Optional<Integer> limit = Optional.empty();

  @Option(names = "--json", description = "Prints one JSON object for each record.")
  private boolean isJson;

  private final String path;
  private final String cursor;
  private final Class<P> type;

  /// @param path of the list
  /// @param cursor the query parameter that continues after a page
  AdminList(String path, String cursor, Class<P> type) {
    this.path = path;
    this.cursor = cursor;
    this.type = type;
  }

  /// The number of records without `--limit`.
  int defaultLimit() {
    return Integer.MAX_VALUE;
  }

  /// Query parameters that select records.
  abstract List<String> filters();

  abstract List<R> records(P page);

  abstract Optional<String> next(P page);

  void printHeading() {}

  abstract void print(R one);

  static String filter(String name, Object value) {
    return name + "=" + AdminNode.encoded(value.toString());
  }

  @Override
  void run() throws LocalNode.Refused, InterruptedException {
    try (var connection = node().connect()) {
      var isHeadingDue = !isJson;
      var left = limit.orElseGet(this::defaultLimit);
      var next = Optional.<String>empty();
      do {
        var page = connection.send("GET", page(path, filters(), cursor, next, left), null).as(type);
        // after the first answer, which may be a refusal
        if (isHeadingDue) printHeading();
        isHeadingDue = false;
        var records = records(page);
        records.stream().limit(left).forEach(this::printOne);
        left -= records.size();
        next = next(page);
      } while (next.isPresent() && left > 0);
    }
  }

  /// The path of one page.
  static String page(
      String path, List<String> filters, String cursor, Optional<String> next, int left) {
    var fields = new ArrayList<String>();
    fields.add("limit=" + Math.min(left, Portions.LIST_ROWS));
    fields.addAll(filters);
    next.ifPresent(it -> fields.add(filter(cursor, it)));
    return path + "?" + String.join("&", fields);
  }

  private void printOne(R one) {
    if (isJson) out().println(Json.restText(one));
    else print(one);
  }
}
