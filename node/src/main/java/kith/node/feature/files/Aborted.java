package kith.node.feature.files;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/// Records that a reader was stopped before the end of its picture.
record Aborted(Runnable action) implements IIOReadProgressListener {
  @Override
  public void readAborted(ImageReader source) {
    action.run();
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}
}
