package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SharedFiles.Upload;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.Refused;

/// The files that `./kith send` uploads before the message.
final class SentFiles {
  private SentFiles() {}

  /// The ids of the uploaded files; absent if there are none.
  ///
  /// @param files paths, `-` for standard input
  static Optional<List<String>> upload(FileTransfers transfers, List<String> files)
      throws IOException {
    var ids = new ArrayList<String>();
    try {
      for (var file : files) ids.add(uploaded(transfers, file).file());
    } catch (Refused refused) {
      // if this one fails the message is not sent, and the other files would use the account's
      // quota for a day
      ids.forEach(transfers::delete);
      throw refused;
    }
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids);
  }

  private static Upload uploaded(FileTransfers transfers, String file) throws IOException {
    if (!file.equals("-")) return uploaded(transfers, Path.of(file), name(Path.of(file)));
    // its size and SHA-256 must be known before it is sent
    var copy = Files.createTempFile("kith-", ".upload");
    try {
      try (var out = Files.newOutputStream(copy)) {
        System.in.transferTo(out);
      }
      return uploaded(transfers, copy, "stdin");
    } finally {
      Files.delete(copy);
    }
  }

  private static String name(Path file) {
    var last = file.getFileName();
    return last == null ? "" : last.toString();
  }

  private static Upload uploaded(FileTransfers transfers, Path file, String name)
      throws IOException {
    if (file.toString().isEmpty()) throw new IOException("The path of a file is empty.");
    if (Files.isDirectory(file)) throw new IOException(file + " is a directory.");
    if (!Files.isRegularFile(file)) throw new IOException("There is no file " + file + ".");
    return transfers.upload(file, name, TransferLine.of("Uploading", name));
  }
}
