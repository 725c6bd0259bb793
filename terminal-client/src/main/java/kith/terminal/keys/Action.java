package kith.terminal.keys;

import java.util.Locale;

/// The actions that keys can be bound to.
public enum Action {
  HELP("this list of keys"),
  PALETTE("find a room or a command"),
  CONTACTS("contacts, and who asks to be one"),
  NEXT_UNREAD("the next room with something unread"),
  LAST_ROOM("the room before this one"),
  ROOM_BEFORE("the room above"),
  ROOM_AFTER("the room below"),
  ROOM_BY_NUMBER("the room with this number"),
  PAGE_UP("a page up"),
  PAGE_DOWN("a page down"),
  LINE_UP("three rows up"),
  LINE_DOWN("three rows down"),
  TO_UNREAD("to the unread line"),
  LATEST("to the latest"),
  SELECT_UP("select the message above"),
  SELECT_DOWN("select the message below"),
  REPLY("answer the selected message"),
  EDIT("change the selected message"),
  REMOVE("remove the selected message"),
  MARK_UNREAD("unread again from the selected message on"),
  COPY("copy the selected message"),
  OPEN_LINK("open the link in the selected message"),
  FIND("look for words; once more: earlier ones"),
  FIND_OLDER("the match before"),
  FIND_NEWER("the match after"),
  EDITOR("write in $VISUAL or $EDITOR"),
  RETRY("try a message again that was refused"),
  DROP("drop a message that was refused"),
  ROOMS_PANE("show or hide the rooms"),
  MEMBERS_PANE("show or hide the members"),
  ROOMS_NARROWER("make the rooms narrower"),
  ROOMS_WIDER("make the rooms wider"),
  MEMBERS_NARROWER("make the members narrower"),
  MEMBERS_WIDER("make the members wider"),
  ROOM_UP("move this room up the list"),
  ROOM_DOWN("move this room down the list"),
  MUTE("mute this room, or hear it again"),
  DO_NOT_DISTURB("no notifications, or again"),
  MOUSE("give the mouse to Kith, or back to the terminal"),
  THEME("the next theme"),
  REDRAW("draw the screen anew"),
  SEND("send; complete a choice"),
  NEWLINE("a line break"),
  COMPLETE("complete a command or a name"),
  WRITE("write again"),
  CANCEL("leave the selection, the reply, the list"),
  LEFT("a character left"),
  RIGHT("a character right"),
  WORD_LEFT("a word left"),
  WORD_RIGHT("a word right"),
  UP("a line up, or what was sent before"),
  DOWN("a line down"),
  LINE_START("to the start of the line"),
  LINE_END("to the end of the line"),
  BACKSPACE("delete the character before"),
  DELETE("delete the character behind"),
  DELETE_WORD("delete the word before"),
  DELETE_TO_START("delete to the start of the line"),
  DELETE_TO_END("delete to the end of the line"),
  FIELD_BACK("the field before"),
  INTERRUPT("empty the editor; twice: quit"),
  QUIT("quit; you stay logged in");

  private final String meaning;

  Action(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }

  /// The name in `client.conf`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
