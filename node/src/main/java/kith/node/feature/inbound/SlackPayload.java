package kith.node.feature.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A message in Slack's format as plain text. Colours, buttons and icons are left out.
final class SlackPayload {
  /// `<address|words>`, `<@user>`, `<#channel|name>` or `<!here>`.
  private static final Pattern REFERENCE = Pattern.compile("<([^<>|]+)(?:\\|([^<>]*))?>");

  private SlackPayload() {}

  static String text(JsonNode message) {
    var lines = new ArrayList<String>();
    add(lines, plain(Payloads.text(message, "text")));
    message.path("attachments").forEach(it -> add(lines, attachment(it)));
    return String.join("\n", lines);
  }

  private static String attachment(JsonNode attachment) {
    var lines = new ArrayList<String>();
    add(lines, plain(Payloads.text(attachment, "pretext")));
    add(lines, title(attachment));
    add(lines, plain(Payloads.text(attachment, "text")));
    for (var field : attachment.path("fields"))
      add(
          lines,
          labelled(plain(Payloads.text(field, "title")), plain(Payloads.text(field, "value"))));
    if (lines.isEmpty()) add(lines, plain(Payloads.text(attachment, "fallback")));
    add(lines, Payloads.text(attachment, "image_url"));
    return String.join("\n", lines);
  }

  private static String title(JsonNode attachment) {
    var title = plain(Payloads.text(attachment, "title"));
    var link = Payloads.text(attachment, "title_link");
    return link.isEmpty() ? title : title.isEmpty() ? link : title + " (" + link + ")";
  }

  private static String labelled(String title, String value) {
    return title.isEmpty() ? value : title + ": " + value;
  }

  private static void add(List<String> lines, String line) {
    if (!line.isBlank()) lines.add(line);
  }

  /// Slack's markup without its references. Marks as `*bold*` stay, as people type them here, too.
  static String plain(String markup) {
    return REFERENCE
        .matcher(markup)
        .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(reference(found)))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static String reference(MatchResult found) {
    var target = found.group(1);
    var words = found.group(2) == null ? "" : found.group(2);
    return switch (target.charAt(0)) {
      case '@' -> "@" + (words.isEmpty() ? target.substring(1) : words);
      case '#' -> "#" + (words.isEmpty() ? target.substring(1) : words);
      // `<!date^…|words>`, `<!here>`: nobody is mentioned by a program
      case '!' -> words.isEmpty() ? target.substring(1) : words;
      default -> words.isEmpty() || words.equals(target) ? target : words + " (" + target + ")";
    };
  }
}
