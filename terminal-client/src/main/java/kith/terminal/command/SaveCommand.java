package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import kith.protocol.rest.SharedFiles.RoomFile;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.SavedFile;
import kith.terminal.plain.Sanitizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    description = {
      "Save the files of a message, or one file.",
      "Prints the path of each. An existing file is never replaced: the new one gets another name."
    })
final class SaveCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(index = "0", paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "MESSAGE|FILE",
      description = "The number of a message, or the id of a file: see ${ROOT-COMMAND-NAME} files.")
  private String which = "";

  @Option(
      names = "--to",
      paramLabel = "DIRECTORY",
      defaultValue = ".",
      description = "The directory to save in; default: the current one.")
  private Path directory = Path.of(".");

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(directory))
      throw options.usage("There is no directory " + directory + ".");
    var access = options.access();
    var transfers = access.files();
    var id = RoomLookup.own(access, room).room();
    for (var found : found(transfers, id)) {
      var name = found.file().name();
      var saved =
          SavedFile.in(
              directory,
              name,
              into ->
                  transfers.download(
                      id, found.seq(), found.file(), into, TransferLine.of("Saving", name)));
      Streams.print(Sanitizer.line(saved.toString()));
    }
    return Exit.DONE;
  }

  private List<RoomFile> found(FileTransfers transfers, String id) {
    return which.matches("#?[0-9]{1,18}")
        ? transfers.ofMessage(id, Long.parseLong(which.replace("#", "")))
        : List.of(named(transfers, id));
  }

  private RoomFile named(FileTransfers transfers, String room) {
    var before = OptionalLong.empty();
    do {
      var page = transfers.list(room, before, OptionalInt.of(200));
      for (var file : page.files()) if (file.file().id().equals(which)) return file;
      before = page.before();
    } while (before.isPresent());
    throw FileTransfers.unknownFile("This room has no file with the id '" + which + "'.");
  }
}
