package kith.node.feature.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/// Recognizes the media types of files. The type that an uploader states is not believed.
final class FileTypes {
  static final String UNKNOWN = "application/octet-stream";

  private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();

  /// Types that browsers and players may know. All others could be a page or a program, and are
  /// served as bytes without a type.
  private static final Set<String> HARMLESS =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain");

  private FileTypes() {}

  /// The type of a content.
  ///
  /// @param beginning the first bytes, all of them if there are few
  static String of(byte[] beginning) {
    try {
      return TYPES.detect(new ByteArrayInputStream(beginning), new Metadata()).toString();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// A name may make the type of a content more precise, such as a document in a ZIP file; it
  /// cannot change it.
  static String named(String type, String name) {
    try {
      var content = MediaType.parse(type);
      var metadata = new Metadata();
      metadata.set("resourceName", name);
      var byName = TYPES.detect(null, metadata);
      return TYPES.getMediaTypeRegistry().isSpecializationOf(byName, content)
          ? byName.toString()
          : type;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The type in the header of a download.
  static String served(String type) {
    return HARMLESS.contains(type) || type.startsWith("audio/") || type.startsWith("video/")
        ? type
        : UNKNOWN;
  }
}
