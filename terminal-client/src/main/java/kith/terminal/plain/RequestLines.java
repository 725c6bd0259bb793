package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import kith.protocol.rest.People.Request;
import kith.protocol.rest.People.Requests;
import kith.terminal.net.Rest;

/// Requests to begin a conversation as lines of text, and the commands about them.
public final class RequestLines {
  private RequestLines() {}

  public static List<String> run(Rest rest, InputLine.AboutRequests line) {
    return switch (line) {
      case InputLine.Requests() -> lines(rest.requests());
      case InputLine.Decline(var user) -> {
        rest.endRequest(user);
        yield List.of("-- there is no request from or to " + Sanitizer.line(user) + " now");
      }
    };
  }

  public static List<String> lines(Requests all) {
    var lines = new ArrayList<String>();
    all.incoming().forEach(it -> lines.add(incoming(it)));
    all.outgoing().forEach(it -> lines.add("… " + text(it) + ", not answered"));
    return lines.isEmpty() ? List.of("-- no requests") : lines;
  }

  static String incoming(Request request) {
    return "? " + text(request) + " (/accept or /decline " + name(request) + ")";
  }

  private static String text(Request request) {
    return name(request) + ": " + Sanitizer.line(request.text());
  }

  private static String name(Request request) {
    return Sanitizer.line(request.user());
  }

  /// The sentence after the user wrote to a user who requires a request.
  ///
  /// @param text the user's text
  public static List<String> waiting(Request request, String text) {
    var name = name(request);
    return request.text().equals(text)
        ? List.of("Request sent to " + name + ". You are not notified if " + name + " declines it.")
        : List.of(
            name + " has not answered your first request: " + Sanitizer.line(request.text()),
            "Nothing else was sent.");
  }

  /// The sentence for a user who wrote no text to a user who requires a request.
  public static List<String> needed(String user) {
    var name = Sanitizer.line(user);
    return List.of(
        name + " does not accept conversations from everyone.",
        "/msg " + name + " TEXT sends a request with your first message.");
  }
}
