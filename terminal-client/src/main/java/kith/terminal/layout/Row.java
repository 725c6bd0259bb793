package kith.terminal.layout;

import java.util.List;

/// One row of styled text.
public record Row(List<Span> spans) {

  /// @param hue tells senders apart
  public record Span(String text, Tone tone, int hue) {
    public Span(String text, Tone tone) {
      this(text, tone, 0);
    }
  }

  public Row {
    spans = List.copyOf(spans);
  }

  public static Row of(String text, Tone tone) {
    return new Row(List.of(new Span(text, tone)));
  }
}
