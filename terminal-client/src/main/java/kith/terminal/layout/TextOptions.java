package kith.terminal.layout;

import java.util.Set;

/// The options for showing the text of a message.
///
/// @param mentioned the names to highlight, such as `@ann`
/// @param hasLinks the terminal can link a text to an address that is not on the screen
/// @param hasStrikes the terminal strikes text through
/// @param isWhole nothing is cut, and every address is on the screen: the message is selected
public record TextOptions(
    Set<String> mentioned, boolean hasLinks, boolean hasStrikes, boolean isWhole) {
  public TextOptions {
    mentioned = Set.copyOf(mentioned);
  }

  public TextOptions(Set<String> mentioned, boolean hasLinks, boolean isWhole) {
    this(mentioned, hasLinks, false, isWhole);
  }
}
