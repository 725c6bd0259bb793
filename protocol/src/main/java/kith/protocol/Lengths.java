package kith.protocol;

import java.util.OptionalInt;

/// The maximum lengths of texts, in code points unless stated otherwise. `welcome` contains them.
///
/// @param userName user names
/// @param roomName names of rooms
/// @param displayName display names and names of devices
/// @param topic topics of rooms
/// @param reason reasons of redactions and bans
/// @param note notes on contacts
/// @param email e-mail addresses
/// @param picture URLs of pictures
/// @param passcodeBytes passcodes of rooms, in UTF-8 bytes
/// @param passwordBytes passwords, in UTF-8 bytes
/// @param request first messages of requests to begin a conversation; 500 if absent
public record Lengths(
    int userName,
    int roomName,
    int displayName,
    int topic,
    int reason,
    int note,
    int email,
    int picture,
    int passcodeBytes,
    int passwordBytes,
    OptionalInt request) {
  private static final int USUAL_REQUEST = 500;

  /// The lengths that version 1 of the protocol fixes. They are not settings, because stored texts,
  /// database columns and clients rely on them.
  public static final Lengths VERSION_1 =
      new Lengths(
          32, 64, 64, 500, 500, 200, 254, 2_048, 1_024, 1_024, OptionalInt.of(USUAL_REQUEST));

  /// The length of a request's first message.
  public int mostOfRequest() {
    return request.orElse(USUAL_REQUEST);
  }

  /// True if the text has at most `most` code points.
  public static boolean isWithin(String text, int most) {
    return text.length() <= most || text.codePointCount(0, text.length()) <= most;
  }
}
