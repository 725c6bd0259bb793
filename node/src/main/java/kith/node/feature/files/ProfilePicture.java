package kith.node.feature.files;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// The picture that an account has uploaded. The account's profile has its address on this server.
///
/// @param version different for each upload
/// @param bytes a PNG
record ProfilePicture(String version, byte[] bytes) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static ProfilePicture of(Thumbnail drawn) {
    var version = new byte[8];
    RANDOM.nextBytes(version);
    return new ProfilePicture(HexFormat.of().formatHex(version), drawn.bytes());
  }

  /// The address in the profile.
  String address(String account) {
    return beginning(account) + version;
  }

  /// The version in an address; empty if a profile has another address, or none.
  static Optional<String> version(String account, Optional<String> address) {
    var beginning = beginning(account);
    return address
        .filter(it -> it.startsWith(beginning))
        .map(it -> it.substring(beginning.length()));
  }

  private static String beginning(String account) {
    return "/v1/users/" + account + "/picture?v=";
  }
}
