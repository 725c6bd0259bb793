package kith.node.feature.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.Names;
import org.apache.pekko.http.javadsl.model.MediaType;

/// Reads the body of a request to a hook: plain text, our own format, Slack's, or a payload of
/// Alertmanager, Grafana or GitHub, which becomes a plain message.
///
/// @param mostBytes the longest message, in UTF-8
record Payloads(int mostBytes) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FORM = "payload=";

  private static final String UNKNOWN =
      "Send `body`, or `text` or `attachments` as for Slack, or a payload of Alertmanager, Grafana"
          + " or GitHub.";

  sealed interface Result {}

  /// @param isSlack the sender expects an answer like Slack's
  record Read(String body, boolean isSlack) implements Result {}

  record Refused(Code code, String sentence) implements Result {}

  static boolean isReadable(MediaType type) {
    return isPlain(type) || isForm(type) || (type.isApplication() && type.subType().equals("json"));
  }

  /// @param githubEvent the header that names the event of a GitHub payload
  Result read(MediaType type, Optional<String> githubEvent, String request) {
    if (isPlain(type)) return whole(request);
    // a form of one field, or JSON that a sender did not label
    var isForm = isForm(type) && request.startsWith(FORM);
    try {
      return read(githubEvent, isForm ? decoded(request) : request);
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return new Refused(Code.MALFORMED_JSON, Code.MALFORMED_JSON.sentence());
    }
  }

  private Result read(Optional<String> githubEvent, String json) throws JsonProcessingException {
    var payload = MAPPER.readTree(json);
    if (!payload.isObject())
      return new Refused(Code.MALFORMED_JSON, "The body must be a JSON object.");
    if (githubEvent.isPresent()) return cut(GithubPayload.text(githubEvent.get(), payload), false);
    if (payload.path("alerts").isArray()) return cut(AlertPayload.text(payload), false);
    if (payload.path("body").isTextual()) return whole(payload.path("body").asText());
    if (payload.has("text") || payload.path("attachments").isArray())
      return cut(SlackPayload.text(payload), true);
    return new Refused(Code.BAD_FIELD, UNKNOWN);
  }

  private static String decoded(String form) {
    var field = form.substring(FORM.length()).split("&", 2)[0];
    return URLDecoder.decode(field, StandardCharsets.UTF_8);
  }

  /// A text in our own format is not shortened.
  private Result whole(String text) {
    var storable = storable(text);
    if (Names.isBlank(storable)) return new Refused(Code.EMPTY_BODY, Code.EMPTY_BODY.sentence());
    return bytes(storable) > mostBytes
        ? new Refused(
            Code.BODY_TOO_LONG, "A message can have at most %d bytes.".formatted(mostBytes))
        : new Read(storable, false);
  }

  /// The sender does not know our limit and would lose the message, so the text is shortened to its
  /// beginning.
  private Result cut(String text, boolean isSlack) {
    var storable = storable(text).strip();
    if (Names.isBlank(storable)) return new Refused(Code.EMPTY_BODY, Code.EMPTY_BODY.sentence());
    if (bytes(storable) <= mostBytes) return new Read(storable, isSlack);
    var end = "\n… (shortened from %d bytes)".formatted(bytes(storable));
    var left = mostBytes - bytes(end);
    int length = 0;
    while (length < storable.length()) {
      var point = storable.codePointAt(length);
      left -= bytes(Character.toString(point));
      if (left < 0) break;
      length += Character.charCount(point);
    }
    return new Read(storable.substring(0, length) + end, isSlack);
  }

  /// JSON can contain half of a character, which no message can.
  private static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean isPlain(MediaType type) {
    return type.isText() && type.subType().equals("plain");
  }

  private static boolean isForm(MediaType type) {
    return type.isApplication() && type.subType().equals("x-www-form-urlencoded");
  }

  /// The text of a field; empty if it is absent, `null`, or neither a text nor a number.
  static String text(JsonNode object, String field) {
    var value = object.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
  }
}
