package kith.terminal.plain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kith.protocol.frame.Entry;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.SavedFile;
import kith.terminal.net.Unreachable;

/// Sends and saves files in line mode. Blocks until the transfer has ended.
final class LineFiles {
  private LineFiles() {}

  /// Uploads a file.
  ///
  /// @return its id
  static String upload(FileTransfers transfers, String typed) {
    var file = LocalPath.inHome(typed);
    if (!Files.isRegularFile(file) || !Files.isReadable(file))
      throw new Unreachable("There is no file " + file + " that you may read.");
    return transfers.upload(file, file.getFileName().toString(), (_, _) -> {}).file();
  }

  /// Saves the files of a message in the current directory.
  static List<String> save(FileTransfers transfers, String room, long seq) {
    var lines = new ArrayList<String>();
    for (var found : transfers.ofMessage(room, seq)) {
      try {
        var saved =
            SavedFile.in(
                Path.of(""),
                found.file().name(),
                into -> transfers.download(room, seq, found.file(), into, (_, _) -> {}));
        lines.add("saved as " + Sanitizer.line(saved.toAbsolutePath().toString()));
      } catch (IOException fault) {
        throw new Unreachable("The file cannot be saved: " + fault.getMessage());
      }
    }
    return lines;
  }

  /// Opens the first file of a message.
  ///
  /// @return its name
  static String open(
      FileTransfers transfers,
      String room,
      Entry.Message message,
      OpenedFiles opened,
      Desktop desktop)
      throws IOException {
    var file = message.files().orElse(List.of()).getFirst();
    var name =
        OpenedFiles.name(file).orElseThrow(() -> new Unreachable(OpenedFiles.notOpened(file)));
    var path =
        SavedFile.in(
            opened.directory(),
            name,
            into -> transfers.download(room, message.seq(), file, into, (_, _) -> {}));
    desktop.open(path.toString());
    return file.name();
  }
}
