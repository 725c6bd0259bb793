package kith.terminal.keys;

import java.util.Locale;

/// The actions that keys can be bound to.
public enum Action {
  HELP(Group.PROGRAM, "show this list of keys"),
  PALETTE(Group.ROOMS, "find a room or a command"),
  CONTACTS(Group.ROOMS, "show contacts and requests"),
  NEXT_UNREAD(Group.ROOMS, "go to the next unread room"),
  LAST_ROOM(Group.ROOMS, "return to the previous room"),
  ROOM_BEFORE(Group.ROOMS, "go to the room above"),
  ROOM_AFTER(Group.ROOMS, "go to the room below"),
  ROOM_BY_NUMBER(Group.ROOMS, "go to the room with this number"),
  NEXT_SERVER(Group.ROOMS, "go to the next server of this window"),
  PAGE_UP(Group.READING, "scroll up by a page"),
  PAGE_DOWN(Group.READING, "scroll down by a page"),
  LINE_UP(Group.READING, "scroll up by three rows"),
  LINE_DOWN(Group.READING, "scroll down by three rows"),
  TO_UNREAD(Group.READING, "go to the unread line"),
  LATEST(Group.READING, "go to the latest message"),
  SELECT_UP(Group.MESSAGES, "select the message above"),
  SELECT_DOWN(Group.MESSAGES, "select the message below"),
  REPLY(Group.MESSAGES, "reply to the selected message"),
  THREAD(Group.MESSAGES, "show the thread of the selected message"),
  EDIT(Group.MESSAGES, "edit the selected message"),
  REMOVE(Group.MESSAGES, "remove the selected message"),
  REACT(Group.MESSAGES, "react to the selected message with an emoji"),
  PIN(Group.MESSAGES, "pin or unpin the selected message"),
  BOOKMARK(Group.MESSAGES, "bookmark the selected message for yourself"),
  REMIND(Group.MESSAGES, "remind yourself of the selected message"),
  REPORT(Group.MESSAGES, "report the selected message to moderators"),
  MARK_UNREAD(Group.MESSAGES, "mark as unread from the selected message on"),
  COPY(Group.MESSAGES, "copy the selected message"),
  COPY_LINK(Group.MESSAGES, "copy the link in the selected message"),
  COPY_CODE(Group.MESSAGES, "copy the code in the selected message"),
  OPEN_LINK(Group.MESSAGES, "open the file or the link in the selected message"),
  PREVIEW(Group.MESSAGES, "show the picture in the selected message"),
  SAVE_FILE(Group.MESSAGES, "save the files of the selected message"),
  FIND(Group.READING, "search in this room; twice: in all your rooms"),
  FIND_OLDER(Group.READING, "go to the next older match"),
  FIND_NEWER(Group.READING, "go to the next newer match"),
  EDITOR(Group.WRITING, "edit the draft in $VISUAL or $EDITOR"),
  RETRY(Group.MESSAGES, "connect now, or retry a refused message"),
  DROP(Group.MESSAGES, "drop a refused message, or a file on its way"),
  ROOMS_PANE(Group.SCREEN, "show or hide the rooms"),
  MEMBERS_PANE(Group.SCREEN, "show or hide the members"),
  ROOMS_NARROWER(Group.SCREEN, "make the rooms narrower"),
  ROOMS_WIDER(Group.SCREEN, "make the rooms wider"),
  MEMBERS_NARROWER(Group.SCREEN, "make the members narrower"),
  MEMBERS_WIDER(Group.SCREEN, "make the members wider"),
  SPLIT(Group.SCREEN, "show two rooms, or one again"),
  OTHER_HALF(Group.SCREEN, "go to the other room or thread on the screen"),
  TURN_SPLIT(Group.SCREEN, "put two rooms side by side or one above the other"),
  ROOM_UP(Group.ROOMS, "move this room up the list"),
  ROOM_DOWN(Group.ROOMS, "move this room down the list"),
  MUTE(Group.ROOMS, "mute or unmute this room"),
  DO_NOT_DISTURB(Group.SCREEN, "turn notifications off or on"),
  MOUSE(Group.SCREEN, "turn mouse support on or off"),
  THEME(Group.SCREEN, "switch to the next theme"),
  REDRAW(Group.SCREEN, "redraw the screen"),
  SEND(Group.WRITING, "send; confirm a choice"),
  NEWLINE(Group.WRITING, "insert a line break"),
  COMPLETE(Group.WRITING, "complete a command or a name"),
  SPELLING(Group.WRITING, "show suggestions for a misspelled word"),
  WRITE(Group.WRITING, "return to writing"),
  CANCEL(Group.WRITING, "cancel the selection, the reply or the list"),
  LEFT(Group.WRITING, "move left by a character"),
  RIGHT(Group.WRITING, "move right by a character"),
  WORD_LEFT(Group.WRITING, "move left by a word"),
  WORD_RIGHT(Group.WRITING, "move right by a word"),
  UP(Group.WRITING, "move up, or recall an earlier message"),
  DOWN(Group.WRITING, "move down, or recall a later message"),
  LINE_START(Group.WRITING, "move to the start of the line"),
  LINE_END(Group.WRITING, "move to the end of the line"),
  BACKSPACE(Group.WRITING, "delete the character before the cursor"),
  DELETE(Group.WRITING, "delete the character after the cursor"),
  DELETE_WORD(Group.WRITING, "delete the word before the cursor"),
  DELETE_TO_START(Group.WRITING, "delete to the start of the line"),
  DELETE_TO_END(Group.WRITING, "delete to the end of the line"),
  FIELD_BACK(Group.WRITING, "go to the previous field"),
  INTERRUPT(Group.PROGRAM, "clear the editor; twice: quit"),
  QUIT(Group.PROGRAM, "quit; you stay logged in");

  /// The parts of the help, in order.
  public enum Group {
    ROOMS("Rooms and people"),
    READING("Reading and searching"),
    MESSAGES("Messages"),
    WRITING("Writing"),
    SCREEN("The screen"),
    PROGRAM("The program");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    public String heading() {
      return heading;
    }
  }

  private final Group group;
  private final String meaning;

  Action(Group group, String meaning) {
    this.group = group;
    this.meaning = meaning;
  }

  public Group group() {
    return group;
  }

  public String meaning() {
    return meaning;
  }

  /// The name in `client.conf`.
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
