package kith.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/// Reads strings and refuses unpaired surrogates. JSON escapes can express them, but UTF-8 cannot:
/// they would be changed on delivery, and some writers fail on them.
final class WellFormedText extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1L;

  WellFormedText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING))
      return context.reportInputMismatch(String.class, "not a string");
    var text = parser.getText();
    return isWellFormed(text)
        ? text
        : context.reportInputMismatch(String.class, "an unpaired surrogate");
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
