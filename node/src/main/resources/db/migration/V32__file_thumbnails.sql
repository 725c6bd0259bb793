-- Small copies of pictures, made when somebody asks for them. Without `bytes`, the content has none: it is
-- damaged or too large. A backup leaves them out.
CREATE TABLE file_thumbnail (
  content UUID NOT NULL REFERENCES file_content ON DELETE CASCADE,
  largest INT NOT NULL,
  type TEXT NOT NULL,
  bytes BYTEA,
  PRIMARY KEY (content, largest)
);

ALTER TABLE file_thumbnail ALTER COLUMN bytes SET STORAGE EXTERNAL;
