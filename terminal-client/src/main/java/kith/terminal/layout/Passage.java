package kith.terminal.layout;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kith.terminal.layout.Row.Span;

/// A part of a message's text that is laid out in its own way.
sealed interface Passage {

  /// A line, wrapped at words.
  ///
  /// @param first shown before the first row
  /// @param rest shown before the other rows, as wide as `first`
  record Text(List<Span> first, List<Span> rest, List<Span> spans) implements Passage {
    Text(List<Span> spans) {
      this(List.of(), List.of(), spans);
    }
  }

  /// A framed block of code.
  ///
  /// @param label the language, or other text after the fence
  /// @param source the code without colours
  record Code(String label, String source, List<List<Span>> lines) implements Passage {}

  record Quote(List<Passage> passages) implements Passage {}

  /// @param rows the first one is the heading; each has a cell for every column
  /// @param typed the lines of the table, for a screen that is too narrow
  record Table(List<Alignment> columns, List<List<List<Span>>> rows, List<List<Span>> typed)
      implements Passage {}

  enum Alignment {
    LEFT,
    CENTER,
    RIGHT
  }

  /// The passage with each of its lines changed.
  default Passage mapped(UnaryOperator<List<Span>> change) {
    return switch (this) {
      case Text(var first, var rest, var spans) -> new Text(first, rest, change.apply(spans));
      case Code(var label, var source, var lines) ->
          new Code(label, source, lines.stream().map(change).toList());
      case Quote(var passages) ->
          new Quote(passages.stream().map(passage -> passage.mapped(change)).toList());
      case Table(var columns, var rows, var typed) ->
          new Table(
              columns,
              rows.stream().map(row -> row.stream().map(change).toList()).toList(),
              typed.stream().map(change).toList());
    };
  }

  /// The code of this passage and of those in it.
  default Stream<String> code() {
    return switch (this) {
      case Code(_, var source, _) -> Stream.of(source);
      case Quote(var passages) -> passages.stream().flatMap(Passage::code);
      case Text _, Table _ -> Stream.empty();
    };
  }
}
