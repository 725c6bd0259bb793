package kith.terminal.layout;

import java.util.List;

/// One row of styled text.
public record Row(List<Span> spans) {

  /// @param hue distinguishes senders
  /// @param link the target; empty if there is none
  public record Span(String text, Tone tone, int hue, String link) {
    public Span(String text, Tone tone, int hue) {
      this(text, tone, hue, "");
    }

    public Span(String text, Tone tone) {
      this(text, tone, 0);
    }

    Span withText(String other) {
      return new Span(other, tone, hue, link);
    }
  }

  public Row {
    spans = List.copyOf(spans);
  }

  static int columns(List<Span> spans) {
    return spans.stream().mapToInt(span -> Graphemes.columns(span.text())).sum();
  }

  public static Row of(String text, Tone tone) {
    return new Row(List.of(new Span(text, tone)));
  }
}
