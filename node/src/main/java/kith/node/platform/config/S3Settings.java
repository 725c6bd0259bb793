package kith.node.platform.config;

import java.util.Optional;

/// An object store.
///
/// @param endpoint absent for Amazon's
/// @param prefix of the names of all objects
/// @param hasPathStyle whether the bucket is a part of the path, not of the host name
/// @param connections calls at the same time
/// @param keys absent to look for them as Amazon's programs do
public record S3Settings(
    Optional<String> endpoint,
    String region,
    String bucket,
    String prefix,
    boolean hasPathStyle,
    int connections,
    Optional<Keys> keys) {
  /// Empty if no bucket is named.
  public static Optional<S3Settings> read(Section in, int connections) {
    var access = in.optionalText("access-key");
    var secret = in.textOrFile("secret-key");
    if (access.isPresent() != secret.isPresent())
      throw in.wrong("access-key", "and secret-key must be set both, or neither");
    var endpoint = in.optionalText("endpoint");
    if (endpoint.filter(it -> !it.matches("https?://[^/]+/?")).isPresent())
      throw in.wrong("endpoint", "must be like https://s3.example.org");
    var region = in.text("region");
    var prefix = in.optionalText("prefix").orElse("");
    var hasPathStyle = in.flag("path-style");
    return in.optionalText("bucket")
        .map(bucket ->
            new S3Settings(
                endpoint,
                region,
                bucket,
                prefix,
                hasPathStyle,
                connections,
                access.map(it -> new Keys(it, secret.orElseThrow()))));
  }

  public record Keys(String access, String secret) {
    /// Omits the secret.
    @Override
    public String toString() {
      return "Keys[" + access + "]";
    }
  }
}
