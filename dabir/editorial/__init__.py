"""The pages that people of the secretariat write: news, views, events, galleries, documents, plain pages."""
