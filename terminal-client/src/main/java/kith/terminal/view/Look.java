package kith.terminal.view;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.Set;

/// Colours and weight of one cell.
public record Look(TextColor foreground, TextColor background, Set<SGR> weights) {
  public static final Look DEFAULT =
      new Look(TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT, Set.of());

  public Look {
    weights = Set.copyOf(weights);
  }
}
