package kith.terminal.keys;

import java.util.Locale;

/// The actions that keys can be bound to.
public enum Action {
  HELP("show this list of keys"),
  PALETTE("find a room or a command"),
  CONTACTS("show contacts and requests"),
  NEXT_UNREAD("go to the next unread room"),
  LAST_ROOM("return to the previous room"),
  ROOM_BEFORE("go to the room above"),
  ROOM_AFTER("go to the room below"),
  ROOM_BY_NUMBER("go to the room with this number"),
  PAGE_UP("scroll up by a page"),
  PAGE_DOWN("scroll down by a page"),
  LINE_UP("scroll up by three rows"),
  LINE_DOWN("scroll down by three rows"),
  TO_UNREAD("go to the unread line"),
  LATEST("go to the latest message"),
  SELECT_UP("select the message above"),
  SELECT_DOWN("select the message below"),
  REPLY("reply to the selected message"),
  EDIT("edit the selected message"),
  REMOVE("remove the selected message"),
  REACT("react to the selected message with an emoji"),
  MARK_UNREAD("mark as unread from the selected message on"),
  COPY("copy the selected message"),
  OPEN_LINK("open the link in the selected message"),
  FIND("search in this room; again: older matches"),
  FIND_OLDER("go to the next older match"),
  FIND_NEWER("go to the next newer match"),
  EDITOR("edit the draft in $VISUAL or $EDITOR"),
  RETRY("retry a refused message"),
  DROP("drop a refused message"),
  ROOMS_PANE("show or hide the rooms"),
  MEMBERS_PANE("show or hide the members"),
  ROOMS_NARROWER("make the rooms narrower"),
  ROOMS_WIDER("make the rooms wider"),
  MEMBERS_NARROWER("make the members narrower"),
  MEMBERS_WIDER("make the members wider"),
  ROOM_UP("move this room up the list"),
  ROOM_DOWN("move this room down the list"),
  MUTE("mute or unmute this room"),
  DO_NOT_DISTURB("turn notifications off or on"),
  MOUSE("turn mouse support on or off"),
  THEME("switch to the next theme"),
  REDRAW("redraw the screen"),
  SEND("send; confirm a choice"),
  NEWLINE("insert a line break"),
  COMPLETE("complete a command or a name"),
  WRITE("return to writing"),
  CANCEL("cancel the selection, the reply or the list"),
  LEFT("move left by a character"),
  RIGHT("move right by a character"),
  WORD_LEFT("move left by a word"),
  WORD_RIGHT("move right by a word"),
  UP("move up, or recall an earlier message"),
  DOWN("move down, or recall a later message"),
  LINE_START("move to the start of the line"),
  LINE_END("move to the end of the line"),
  BACKSPACE("delete the character before the cursor"),
  DELETE("delete the character after the cursor"),
  DELETE_WORD("delete the word before the cursor"),
  DELETE_TO_START("delete to the start of the line"),
  DELETE_TO_END("delete to the end of the line"),
  FIELD_BACK("go to the previous field"),
  INTERRUPT("clear the editor; twice: quit"),
  QUIT("quit; you stay logged in");

  private final String meaning;

  Action(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }

  /// The name in `client.conf`.
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
