"""Planning applications as councils list them: uploaded by people, searched by campaigns."""
