package kith.terminal.view;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.Set;

/// Colours and weight of one cell, and where it leads.
///
/// @param link empty for nowhere
public record Look(TextColor foreground, TextColor background, Set<SGR> weights, String link) {
  public static final Look DEFAULT =
      new Look(TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT, Set.of());

  public Look(TextColor foreground, TextColor background, Set<SGR> weights) {
    this(foreground, background, weights, "");
  }

  public Look leadingNowhere() {
    return link.isEmpty() ? this : leadingTo("");
  }

  Look leadingTo(String where) {
    return new Look(foreground, background, weights, where);
  }

  public Look {
    weights = Set.copyOf(weights);
  }
}
