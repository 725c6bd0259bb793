package kith.node.feature.files;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kith.node.feature.ExportedFiles;
import kith.protocol.rest.Accounts.ExportedContent;

/// Reads the files of an account for its export: all complete ones, also of rooms that the account
/// has left. Holds one part of one content in memory.
record FileExport(FileTable table, Stores stores) implements ExportedFiles {
  @Override
  public CompletionStage<Optional<ExportedContent>> piece(
      String account, String file, OptionalLong from) {
    if (from.isEmpty())
      return table
          .completeAfter(account, file)
          .thenCompose(found -> found.map(it -> piece(account, it, 0)).orElseGet(FileExport::none));
    return table
        .complete(account, file)
        .thenCompose(found ->
            found
                .filter(it -> from.getAsLong() > 0 && from.getAsLong() < it.size())
                .map(it -> piece(account, it, from.getAsLong()))
                .orElseGet(FileExport::none));
  }

  private static CompletionStage<Optional<ExportedContent>> none() {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /// A file that is being removed has no more pieces: if its first piece is due, the first piece of
  /// the next file follows.
  private CompletionStage<Optional<ExportedContent>> piece(
      String account, StoredFile file, long from) {
    if (file.size() == 0) return piece(file, 0, new byte[0]);
    var store = stores.of(file);
    var begin = (int) (from % store.partBytes());
    return store
        .read(file.content(), (int) (from / store.partBytes()))
        .handle((bytes, fault) ->
            fault == null && begin < bytes.length
                ? piece(file, from, Arrays.copyOfRange(bytes, begin, bytes.length))
                : fault == null || cause(fault) instanceof MissingPart
                    ? from == 0 ? piece(account, file.id(), OptionalLong.empty()) : none()
                    : CompletableFuture.<Optional<ExportedContent>>failedFuture(fault))
        .thenCompose(it -> it);
  }

  private static CompletionStage<Optional<ExportedContent>> piece(
      StoredFile file, long from, byte[] bytes) {
    return CompletableFuture.completedFuture(
        Optional.of(
            new ExportedContent(
                file.id(),
                file.name(),
                file.size(),
                from,
                Base64.getEncoder().encodeToString(bytes))));
  }

  private static Throwable cause(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }
}
