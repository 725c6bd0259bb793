package kith.node.feature.secondfactor;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The secrets of second factors.
interface FactorSecrets {
  /// Stores a secret under the id of a factor that is being set up.
  CompletionStage<?> add(String user, String id, byte[] secret);

  /// Empty if there is none, or if no secret of this node decrypts it.
  CompletionStage<Optional<byte[]>> find(String user, String id);

  /// Removes all secrets of the user but that of this factor.
  CompletionStage<?> keepOnly(String user, Optional<String> id);
}
