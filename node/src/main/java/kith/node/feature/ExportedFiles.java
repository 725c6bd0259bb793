package kith.node.feature;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.protocol.rest.Accounts.ExportedContent;

/// The contents of the files that an account has uploaded, for its export.
public interface ExportedFiles {
  /// A piece of a file of this account; empty if the file has no such place any more, or if there
  /// is no next file.
  ///
  /// @param file the id of a file
  /// @param from a place in the file; absent for the beginning of the next file in order of id
  CompletionStage<Optional<ExportedContent>> piece(String account, String file, OptionalLong from);
}
