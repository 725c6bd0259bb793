package kith.node.feature.files;

/// A part of a content is not there: the content was removed meanwhile.
final class MissingPart extends RuntimeException {
  MissingPart() {
    super("A part of a file was removed.");
  }
}
