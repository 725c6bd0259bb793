package kith.terminal.layout;

/// What a piece of text is, for a theme to colour.
public enum Tone {
  PLAIN,
  QUIET,
  STRONG,
  EMPHASIS,
  CODE,
  LINK,
  MENTION,
  FOUND,
  SENDER,
  ERROR,
  WAITING,
  GOOD,
  UNREAD,
  BAR,
  CHOSEN,
  BORDER
}
