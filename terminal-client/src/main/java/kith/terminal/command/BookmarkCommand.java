package kith.terminal.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.terminal.net.KeptCalls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bookmark",
    description = {
      "Bookmark a message for yourself, on all your devices.",
      "Again with another note, it replaces the note. ${ROOT-COMMAND-NAME} bookmarks lists them."
    })
final class BookmarkCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(index = "0", paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Parameters(index = "1", paramLabel = "SEQ", description = "The number of the message.")
  private long seq;

  @Option(names = "--note", paramLabel = "TEXT", description = "A note for yourself.")
  private Optional<String> note = Optional.empty();

  @Option(names = "--undo", description = "Remove the bookmark.")
  private boolean undo;

  @Override
  public Integer call() {
    if (seq < 1) throw options.usage("SEQ must be at least 1.");
    if (undo && note.isPresent()) throw options.usage("--undo cannot be combined with --note.");
    var access = options.access();
    var calls = new KeptCalls(access.rest());
    var id = RoomLookup.own(access, room).room();
    if (undo) calls.removeBookmark(id, seq);
    else calls.bookmark(id, seq, note);
    return Exit.DONE;
  }
}
