package kith.terminal.net;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts;

/// The optional features of a server. A server that lists none is assumed to have all features of
/// this client.
public record Features(Optional<List<String>> names) {
  /// The code of a refusal because the server lacks a feature.
  public static final String NOT_OFFERED = "not-offered";

  private static final Map<String, String> NOUNS =
      Map.ofEntries(
          Map.entry("inbox", "unread counts and muted rooms"),
          Map.entry("contacts", "contacts"),
          Map.entry("bots", "bots"),
          Map.entry("commands", "commands of bots"),
          Map.entry("posted-calls", "commands whose calls are posted to a URL"),
          Map.entry("conversations", "direct conversations"),
          Map.entry("requests", "requests to begin a conversation"),
          Map.entry("presence", "presence"),
          Map.entry("typing", "typing notices"),
          Map.entry("receipts", "read receipts"),
          Map.entry("reactions", "reactions"),
          Map.entry("pins", "pinned messages"),
          Map.entry("bookmarks", "bookmarks"),
          Map.entry("threads", "threads"),
          Map.entry("reminders", "reminders"),
          Map.entry("files", "files"),
          Map.entry("profile-pictures", "uploaded pictures of profiles"),
          Map.entry("search", "search in all rooms"),
          Map.entry("directory", "a list of public rooms"),
          Map.entry("inbound-hooks", "incoming webhooks"),
          Map.entry("webhooks", "webhooks"),
          Map.entry("account-webhooks", "webhooks for all rooms"),
          Map.entry("push", "notifications by push"),
          Map.entry("second-factor", "second factors"),
          Map.entry("identity", "identity providers"),
          Map.entry("moderation", "mutes"),
          Map.entry("reports", "reports of messages"),
          Map.entry("join-requests", "requests to join rooms"));

  public static Features of(ServerFrame.Welcome welcome) {
    return new Features(welcome.features());
  }

  public boolean has(String feature) {
    return names.map(list -> list.contains(feature)).orElse(true);
  }

  /// The sentence for the user in place of a request that the server would not understand.
  public static String lacking(String feature) {
    return "This server does not offer " + NOUNS.getOrDefault(feature, feature) + ".";
  }

  static Refused refusal(String feature) {
    return new Refused(404, NOT_OFFERED, lacking(feature), OptionalLong.empty());
  }

  /// The feature that a path belongs to.
  static Optional<String> ofPath(String path) {
    if (path.startsWith("/v1/bots")) return Optional.of("bots");
    if (path.startsWith("/v1/account/identities")) return Optional.of("identity");
    if (path.startsWith("/v1/account/second-factor")) return Optional.of("second-factor");
    if (path.startsWith("/v1/contacts")) return Optional.of("contacts");
    if (path.startsWith("/v1/files")
        || path.equals("/v1/account/files")
        || path.matches("/v1/rooms/[^/]+/files.*")) return Optional.of("files");
    if (path.matches("/v1/rooms/[^/]+/(commands|calls).*")) return Optional.of("commands");
    if (path.matches("/v1/rooms/[^/]+/inbound.*")) return Optional.of("inbound-hooks");
    if (path.matches("/v1/rooms/[^/]+/webhooks.*")) return Optional.of("webhooks");
    if (path.matches("/v1/rooms/[^/]+/pins.*")) return Optional.of("pins");
    if (path.startsWith("/v1/account/threads") || path.matches("/v1/rooms/[^/]+/threads.*"))
      return Optional.of("threads");
    if (path.startsWith("/v1/account/bookmarks")) return Optional.of("bookmarks");
    if (path.startsWith("/v1/account/reminders")) return Optional.of("reminders");
    if (path.startsWith("/v1/search")) return Optional.of("search");
    if (path.startsWith("/v1/account/webhooks")) return Optional.of("account-webhooks");
    if (path.matches("/v1/rooms/[^/]+/mutes.*")) return Optional.of("moderation");
    if (path.startsWith("/v1/account/join-requests")
        || path.matches("/v1/rooms/[^/]+/join-request.*")) return Optional.of("join-requests");
    if (path.matches("/v1/rooms/[^/]+/reports.*")) return Optional.of("reports");
    if (path.startsWith("/v1/requests")) return Optional.of("requests");
    if (path.startsWith("/v1/users/") && path.endsWith("/conversation"))
      return Optional.of("conversations");
    if (path.equals("/v1/account/status") || path.matches("/v1/rooms/[^/]+/presence.*"))
      return Optional.of("presence");
    if (path.startsWith("/v1/account/push") || path.startsWith("/v1/account/notifications"))
      return Optional.of("push");
    if (path.equals("/v1/account/inbox") || path.startsWith("/v1/account/muted/"))
      return Optional.of("inbox");
    return path.matches("/v1/rooms(\\?.*)?") ? Optional.of("directory") : Optional.empty();
  }

  /// The features that a change of the privacy settings needs: a server without them ignores it.
  static List<String> of(Accounts.Privacy change) {
    return List.of(
            change.lastSeen().isPresent() ? "presence" : "",
            change.receipts().isPresent() ? "receipts" : "",
            change.typing().isPresent() ? "typing" : "",
            change.conversations().isPresent() ? "requests" : "")
        .stream()
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
