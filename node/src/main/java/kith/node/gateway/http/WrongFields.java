package kith.node.gateway.http;

import java.util.Map;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.Lengths;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;

/// Answers to requests with an invalid field. They state its rule.
public final class WrongFields {
  private WrongFields() {}

  private static final Lengths LENGTHS = Lengths.VERSION_1;

  private static final String NAME =
      "at most %d characters, at least one of them visible, no invisible ones, no spaces at the"
          + " ends, and no word that mixes scripts whose letters look alike";

  private static final Map<String, String> RULES =
      Map.ofEntries(
          Map.entry("name", NAME.formatted(LENGTHS.roomName())),
          Map.entry("displayName", NAME.formatted(LENGTHS.displayName())),
          Map.entry("deviceName", NAME.formatted(LENGTHS.displayName())),
          Map.entry("topic", "one line of at most %d characters".formatted(LENGTHS.topic())),
          Map.entry("reason", "at most %d characters".formatted(LENGTHS.reason())),
          Map.entry("passcode", "at most %d bytes".formatted(LENGTHS.passcodeBytes())),
          Map.entry("visibility", "public or private"),
          Map.entry("capacity", "at least 1, or 0 to remove the limit in a change"),
          Map.entry("retention", "at least one entry, one day and one byte"),
          Map.entry("uses", "at least 1"),
          Map.entry(
              "network",
              "an address such as 203.0.113.7, or a network such as 203.0.113.0/24 or 2001:db8::/32"),
          Map.entry("since", "a time in UTC, such as 2026-11-23T00:00:00Z"),
          Map.entry(
              "until",
              "a time in UTC, such as 2026-11-23T00:00:00Z; a ban or an announcement ends in the"
                  + " future, within ten years"),
          Map.entry("quotaBytes", "at least 0"),
          Map.entry(
              "url",
              "an https URL of at most %d characters, without a user name or fragment"
                  .formatted(LENGTHS.picture())),
          Map.entry("kinds", "types of entries, at least one of them"),
          Map.entry("validMillis", "at least 60000, and at most what the node allows"),
          Map.entry(
              "picture",
              "an http or https URL of at most %d characters".formatted(LENGTHS.picture())),
          Map.entry(
              "email", "an e-mail address of at most %d characters".formatted(LENGTHS.email())));

  public static Route route(String field) {
    return Directives.complete(
        Problems.response(Code.BAD_FIELD, sentence(field), OptionalLong.empty()));
  }

  static String sentence(String field) {
    var rule = RULES.get(field);
    var wrong = "The field '" + field + "' is not valid";
    return rule == null ? wrong + "." : wrong + ". Allowed: " + rule + ".";
  }
}
