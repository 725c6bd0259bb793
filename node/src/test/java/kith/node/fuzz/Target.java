package kith.node.fuzz;

/// A reader under test.
public interface Target<T> {

  /// Reads the input. Its memory is measured.
  T read(Input input) throws Exception;

  /// Returns the name of the outcome, or throws if the value shows a defect.
  String accepted(Input input, T value) throws Exception;

  /// Returns the name of the outcome, or throws if the reader does not declare this failure.
  String refused(Input input, Exception failure) throws Exception;
}
