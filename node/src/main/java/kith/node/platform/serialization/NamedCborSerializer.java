package kith.node.platform.serialization;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;
import org.jspecify.annotations.Nullable;

/// Writes each [CborSerializable] as Jackson CBOR under its logical name from [TypeNames].
///
/// The bytes are those of Pekko's own CBOR serializer; only the manifest differs. Subtypes that a
/// feature adds to a polymorphic field are written with their logical name as `type`.
public final class NamedCborSerializer extends SerializerWithStringManifest {
  /// In each row of the journal and each message between nodes. Pekko reserves 0 to 40.
  public static final int IDENTIFIER = 1001;

  /// The name under which `application.conf` configures the mapper.
  private static final String BINDING = "named-cbor";

  private final TypeNames names = TypeNames.load();
  private final ObjectMapper mapper;
  private final ConcurrentHashMap<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, ObjectReader> readers = new ConcurrentHashMap<>();

  public NamedCborSerializer(ExtendedActorSystem system) {
    this.mapper =
        JacksonObjectMapperProvider.get(system)
            .getOrCreate(BINDING, Optional.of(new CBORFactory()));
    for (var type : names.types())
      if (!hasShortName(type))
        mapper.registerSubtypes(new NamedType(type, names.of(type).orElseThrow()));
  }

  /// True if a root of the subtype lists it with a short name for use inside other types.
  private static boolean hasShortName(Class<?> type) {
    for (var root : type.getInterfaces()) {
      var listed = root.getAnnotation(JsonSubTypes.class);
      if (listed != null && Stream.of(listed.value()).anyMatch(it -> it.value() == type))
        return true;
      if (hasShortName(root)) return true;
    }
    return false;
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return names
        .of(message.getClass())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "The table of type names lacks " + message.getClass().getName()));
  }

  @Override
  public byte[] toBinary(Object message) {
    try {
      return writers
          .computeIfAbsent(message.getClass(), mapper::writerFor)
          .writeValueAsBytes(message);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// Throws `NotSerializableException` for unreadable bytes: remoting then drops the message and
  /// keeps the connection.
  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    var reader = readers.get(manifest);
    if (reader == null) {
      var type =
          names
              .type(manifest)
              .orElseThrow(() -> new NotSerializableException("Unknown type name " + manifest));
      reader = mapper.readerFor(type);
      readers.put(manifest, reader);
    }
    @Nullable Object value;
    try {
      value = reader.readValue(bytes);
    } catch (IOException | RuntimeException fault) {
      // Jackson fails on some wrong bytes with unchecked exceptions
      var unreadable = new NotSerializableException("Cannot read the type " + manifest);
      unreadable.initCause(fault);
      throw unreadable;
    }
    if (value == null) throw new NotSerializableException("No value of the type " + manifest);
    return value;
  }
}
