package kith.terminal.command;

import kith.terminal.net.FileTransfers;
import kith.terminal.plain.FileLines;
import kith.terminal.plain.Sanitizer;

/// The progress of a transfer, in one line of a terminal on standard error.
final class TransferLine {
  private TransferLine() {}

  static FileTransfers.Progress of(String doing, String name) {
    if (System.console() == null || !System.console().isTerminal()) return (_, _) -> {};
    var err = Streams.err();
    return (bytes, size) -> {
      var percent = size == 0 ? 100 : bytes * 100 / size;
      err.print(
          "\r%s %s: %d %% of %s\u001b[K%s"
              .formatted(
                  doing,
                  Sanitizer.line(name),
                  percent,
                  FileLines.size(size),
                  bytes == size ? "\n" : ""));
      err.flush();
    };
  }
}
